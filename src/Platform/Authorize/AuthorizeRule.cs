using Holdfast.Platform.Tokens;

namespace Holdfast.Platform.Authorize;

/// <summary>Whether an authorization request may be shown to a person (§1.2, §1.3, §1.6, §10.2). Nothing is guessed: not the redirect URI, not the first of two values.</summary>
internal static class AuthorizeRule
{
    private const int MostScopes = 50;
    private const int LongestState = 4_096;

    /// <param name="query">What was sent; <c>null</c> when it could not be read or says something twice.</param>
    /// <param name="app">The app with the key that was sent.</param>
    public static AuthorizeVerdict Decide(FormFields? query, AskingApp? app)
    {
        if (query is null)
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.Unreadable);
        if (app is null)
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.ClientKey, query["client_key"] ?? "");
        // Before anything of the app's is looked at: a key that may not ask gets nobody sent anywhere (attack case 17).
        if (!app.MayAsk)
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.NotApproved, app.ClientKey);
        if (query["redirect_uri"] is not { Length: > 0 } redirectUri)
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.RedirectMissing);
        if (RedirectMatch.Find(app.Redirects, redirectUri) is not { } platform)
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.RedirectUnknown, redirectUri, RedirectHint.For(app.Redirects, redirectUri));
        if (query["response_type"] is not "code")
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.ResponseType, query["response_type"] ?? "");
        if (query["state"]?.Length > LongestState)
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.State);

        var scopes = (query["scope"] ?? "").Split(',').Select(scope => scope.Trim()).ToList();
        if (scopes.Count > MostScopes || scopes.Any(scope => scope.Length == 0))
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.ScopeMissing);
        if (scopes.Find(scope => !KnownScopes.All.Contains(scope)) is { } unknown)
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.ScopeUnknown, unknown);
        if (scopes.Find(scope => !app.Scopes.Contains(scope)) is { } missing)
            return new AuthorizeVerdict.Invalid(AuthorizeProblem.ScopeNotEnabled, missing);

        var challenge = query["code_challenge"] is { Length: > 0 } sent ? sent : null;
        return PkceRule.ProblemWith(platform, challenge, query["code_challenge_method"]) switch
        {
            PkceProblem.ChallengeMissing => new AuthorizeVerdict.Invalid(AuthorizeProblem.ChallengeMissing),
            PkceProblem.ChallengeMalformed => new AuthorizeVerdict.Invalid(AuthorizeProblem.ChallengeMalformed),
            PkceProblem.Method => new AuthorizeVerdict.Invalid(AuthorizeProblem.ChallengeMethod, query["code_challenge_method"] ?? ""),
            null => new AuthorizeVerdict.Valid(new AuthorizationAsk(
                app.Id, app.ClientKey, platform, redirectUri, [.. KnownScopes.All.Where(scopes.Contains)], query["state"], challenge,
                MayPassSilently: query["disable_auto_auth"] is null or "" or "0", WantsIssuer: query["iss"] is "1")),
        };
    }
}

/// <summary>What an app asks for, found valid.</summary>
/// <param name="MayPassSilently">A remembered consent answers it without the page (<c>disable_auto_auth=0</c>).</param>
/// <param name="WantsIssuer">The answer names this Platform in <c>iss</c> (own extension, <c>iss=1</c>).</param>
internal sealed record AuthorizationAsk(
    string AppId, string ClientKey, RedirectPlatform Platform, string RedirectUri, IReadOnlyList<string> Scopes, string? State, string? CodeChallenge, bool MayPassSilently, bool WantsIssuer = false)
{
    /// <summary>The request as an address of ours, to begin it again as somebody else.</summary>
    public string Path
    {
        get
        {
            var query = $"client_key={Uri.EscapeDataString(ClientKey)}&response_type=code&scope={Uri.EscapeDataString(ScopeList.Join(Scopes))}&redirect_uri={Uri.EscapeDataString(RedirectUri)}";
            query += State is null ? "" : $"&state={Uri.EscapeDataString(State)}";
            query += CodeChallenge is null ? "" : $"&code_challenge={Uri.EscapeDataString(CodeChallenge)}&code_challenge_method=S256";
            return $"/v2/auth/authorize/?{query}{(MayPassSilently ? "" : "&disable_auto_auth=1")}{(WantsIssuer ? "&iss=1" : "")}";
        }
    }
}

internal abstract record AuthorizeVerdict
{
    private AuthorizeVerdict()
    {
    }

    public sealed record Valid(AuthorizationAsk Ask) : AuthorizeVerdict;

    /// <param name="Value">The value that is refused, for the developer's page.</param>
    public sealed record Invalid(AuthorizeProblem Problem, string Value = "", RedirectHint.Kind? Hint = null) : AuthorizeVerdict;
}
