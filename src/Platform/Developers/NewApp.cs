using System.Text;
using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers;

/// <summary>What a developer filled in.</summary>
/// <param name="ClientKey">Only for the demo app, whose key is printed in guides; otherwise made by us.</param>
internal sealed record NewApp(string Name, IReadOnlyList<RegisteredRedirect> Redirects, IReadOnlyList<string> Scopes, string? ClientKey = null, string? ClientSecret = null, bool IsDemo = false)
{
    // Records print their members, and this one may hold a secret.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Name);
        return true;
    }
}

internal static class NewAppRule
{
    public const int LongestName = 50;

    public static NewAppProblem? ProblemWith(NewApp wanted)
    {
        if (wanted.Name.Trim() is not { Length: > 0 and <= LongestName } name || name.Any(char.IsControl))
            return new NewAppProblem(NewAppField.Name, "name-problem");
        foreach (var platform in Enum.GetValues<RedirectPlatform>())
        {
            var field = platform is RedirectPlatform.Web ? NewAppField.Web : NewAppField.Desktop;
            var uris = wanted.Redirects.Where(redirect => redirect.Platform == platform).Select(redirect => redirect.Uri).ToList();
            if (uris.Count > RedirectUriRule.Most)
                return new NewAppProblem(field, "redirect.TooMany");
            foreach (var uri in uris)
            {
                if (RedirectUriRule.ProblemWith(platform, uri) is { } problem)
                    return new NewAppProblem(field, $"redirect.{problem}", uri);
            }
        }
        if (wanted.Redirects.Count == 0)
            return new NewAppProblem(NewAppField.Desktop, "redirect.None");
        return wanted.Scopes.Any(scope => !KnownScopes.All.Contains(scope)) ? new NewAppProblem(NewAppField.Scopes, "scope-problem") : null;
    }
}

/// <summary>What is wrong, for the field it is wrong in.</summary>
/// <param name="Text">Key below <c>developers.</c> in Texts.json.</param>
/// <param name="Value">The value that is refused.</param>
public sealed record NewAppProblem(NewAppField Field, string Text, string Value = "");

/// <summary>A field of the app form.</summary>
public enum NewAppField { Name, Icon, Web, Desktop, Scopes }

internal abstract record RegisterResult
{
    private RegisterResult()
    {
    }

    public sealed record Registered(RegisteredApp App) : RegisterResult;

    public sealed record Refused(NewAppProblem Problem) : RegisterResult;
}

/// <summary>An app just registered, with the only copy of its secret.</summary>
internal sealed record RegisteredApp(string Id, string ClientKey, string ClientSecret)
{
    // Records print their members, and this one holds a secret.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(ClientKey);
        return true;
    }
}

/// <summary>An app as its owner sees it.</summary>
public sealed record OwnedApp
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public string? IconKey { get; init; }
    public string? RefreshMode { get; init; }
    public bool IsDemo { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    public string? IconUrl => AppIcons.UrlOf(Id, IconKey);
}

/// <summary>An app with its lists.</summary>
public sealed record AppDetail(OwnedApp App, IReadOnlyList<RegisteredRedirect> Redirects, IReadOnlyList<string> Scopes);
