using System.Text;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Configurations;

namespace Holdfast.Platform.Developers;

/// <summary>What a developer filled in to connect an app.</summary>
/// <param name="ClientKey">Only for the demo app, whose key is printed in guides; otherwise made by us.</param>
internal sealed record NewApp(string Name, IReadOnlyList<RegisteredRedirect> Redirects, IReadOnlyList<string> Scopes, string? ClientKey = null, string? ClientSecret = null, bool IsDemo = false)
{
    /// <summary>One of <see cref="NewAppRule.Kinds"/>; it stays.</summary>
    public string Kind { get; init; } = "other";

    /// <summary>Who owns it instead of the person.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Whoever runs this Platform registers it: live at once, whoever reviews.</summary>
    public bool ByOperator { get; init; }

    public AppConfiguration Configuration => new()
    {
        Name = Name.Trim(),
        Redirects = [.. Redirects.Distinct()],
        Scopes = [.. KnownScopes.All.Where(scope => KnownScopes.IsRequired(scope) || Scopes.Contains(scope))],
        Products = ProductRule.For(Scopes),
    };

    // Records print their members, and this one may hold a secret.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Name);
        return true;
    }
}

internal static class NewAppRule
{
    /// <summary>The words stand in Texts.json under <c>kind.…</c>.</summary>
    public static readonly string[] Kinds = ["website", "mobile", "desktop", "tool", "other"];

    public static AppProblem? ProblemWith(NewApp wanted) =>
        ConfigurationRule.NameProblem(wanted.Name)
        ?? (Kinds.Contains(wanted.Kind) ? null : new AppProblem(AppField.Kind, "kind-problem"))
        ?? ConfigurationRule.RedirectsProblem(wanted.Redirects)
        ?? (wanted.Redirects.Count == 0 ? new AppProblem(AppField.Desktop, "redirect.None") : null)
        ?? (wanted.Scopes.Any(scope => !KnownScopes.All.Contains(scope)) ? new AppProblem(AppField.Scopes, "scope-problem") : null);
}

internal abstract record RegisterResult
{
    private RegisterResult()
    {
    }

    public sealed record Registered(RegisteredApp App) : RegisterResult;

    public sealed record Refused(AppProblem Problem) : RegisterResult;
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
