using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>One difference between two configurations.</summary>
/// <param name="What">Its words stand in Texts.json under <c>changed.…</c>.</param>
/// <param name="Value">What came, went or is now.</param>
public sealed record ConfigurationChange(ChangedPart What, string Value, bool IsGone = false)
{
    /// <summary>Where people's codes go and what an app may ask them for: nobody changes that with a stolen session alone (attack case 93).</summary>
    public bool IsWeighty => What is ChangedPart.Scope or ChangedPart.WebRedirect or ChangedPart.DesktopRedirect or ChangedPart.IosRedirect or ChangedPart.AndroidRedirect;

    /// <summary>For the audit log, in English and on one line.</summary>
    public override string ToString() => $"{(IsGone ? "-" : "+")}{What} {Value}".TrimEnd();
}

public enum ChangedPart { Name, Icon, Details, Product, Scope, WebRedirect, DesktopRedirect, IosRedirect, AndroidRedirect }

internal static class ConfigurationChanges
{
    public static IReadOnlyList<ConfigurationChange> Between(AppConfiguration before, AppConfiguration after) =>
    [
        .. before.Name == after.Name ? [] : new ConfigurationChange[] { new(ChangedPart.Name, after.Name) },
        .. before.IconKey == after.IconKey ? [] : new ConfigurationChange[] { new(ChangedPart.Icon, "", after.IconKey is null) },
        .. (before with { Products = [], Scopes = [] }).WriteDetails() == (after with { Products = [], Scopes = [] }).WriteDetails() ? [] : new ConfigurationChange[] { new(ChangedPart.Details, "") },
        .. Lists(ChangedPart.Product, before.Products.Select(product => product.ToString()), after.Products.Select(product => product.ToString())),
        .. Lists(ChangedPart.Scope, before.Scopes, after.Scopes),
        .. Enum.GetValues<RedirectPlatform>().SelectMany(platform => Lists(Of(platform), before.RedirectsOf(platform), after.RedirectsOf(platform))),
    ];

    private static ChangedPart Of(RedirectPlatform platform) => platform switch
    {
        RedirectPlatform.Web => ChangedPart.WebRedirect,
        RedirectPlatform.Desktop => ChangedPart.DesktopRedirect,
        RedirectPlatform.Ios => ChangedPart.IosRedirect,
        RedirectPlatform.Android => ChangedPart.AndroidRedirect,
    };

    private static IEnumerable<ConfigurationChange> Lists(ChangedPart what, IEnumerable<string> before, IEnumerable<string> after)
    {
        var (was, becomes) = (before.ToList(), after.ToList());
        return [.. was.Except(becomes, StringComparer.Ordinal).Select(value => new ConfigurationChange(what, value, IsGone: true)), .. becomes.Except(was, StringComparer.Ordinal).Select(value => new ConfigurationChange(what, value))];
    }
}
