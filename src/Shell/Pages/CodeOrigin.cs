using System.Text.RegularExpressions;

namespace Holdfast.Shell.Pages;

/// <summary>Whose word a code is: what support is shown as TikTok's has to be TikTok's.</summary>
public static partial class CodeOrigin
{
    /// <summary>TikTok's are snake case or numbers (<c>invalid_grant</c>, <c>40105</c>); ours have dashes, capitals or colons, and these few.</summary>
    public static bool IsTikToks(string? code) => code is not null and not ("incomplete" or "broken" or "interrupted" or "unavailable") && SnakeCase().IsMatch(code);

    [GeneratedRegex("^[a-z0-9]+(_[a-z0-9]+)*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SnakeCase();
}
