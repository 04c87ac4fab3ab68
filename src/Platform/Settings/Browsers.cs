using Holdfast.People.Sessions;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Settings;

/// <summary>A browser in words: "Firefox on Linux".</summary>
internal static class Browsers
{
    public static string Say(Texts texts, string userAgent) => BrowserName.Of(userAgent) switch
    {
        { Browser: { } browser, System: { } system } => texts["settings.browser.on", browser, system],
        { Browser: { } browser } => browser,
        { System: { } system } => texts["settings.browser.some-on", system],
        _ => texts["settings.browser.unknown"],
    };
}
