using System.Text.RegularExpressions;

namespace Holdfast.Shell.Pages;

/// <summary>Whose word a code is: what support is shown as TikTok's has to be TikTok's, and what TikTok said is never hidden.</summary>
public static partial class CodeOrigin
{
    /// <summary>Ours are names with dashes (<c>no-answer</c>), names of a kind (<c>AccessRemoved</c>), what a webhook told (<c>removed:ByUser</c>), sentences, and three plain words. Everything else is TikTok's.</summary>
    public static bool IsTikToks(string? code) => code is { Length: > 0 } and not ("incomplete" or "broken" or "interrupted") && !Ours().IsMatch(code);

    [GeneratedRegex(@"^([a-z]+(-[a-z]+)+|[A-Z][a-z]+([A-Z][a-z]+)*|removed:.*|.*\s.*)$", RegexOptions.CultureInvariant | RegexOptions.Singleline, 1000)]
    private static partial Regex Ours();
}
