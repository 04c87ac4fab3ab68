using Holdfast.Platform.Api;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Research;

/// <summary>Says whose a client token is (§2.4) and whether that app may research.</summary>
internal sealed class ResearchAccess(Database database, TimeProvider clock)
{
    private const string Bearer = "Bearer ";
    private const int LongestToken = 512;

    private const string Find = """
        select app.id as app_id, app.client_key, exists (select 1 from app_scope where app_scope.app_id = app.id and app_scope.scope = @scope) as may_research
        from client_token join app on app.id = client_token.app_id and app.disabled_at is null
        where client_token.digest = @digest and client_token.expires_at > @now
        """;

    /// <summary>Keeps the app for <see cref="ResearchLists"/>, or refuses: the token first, then the scope.</summary>
    public async Task<IResult?> CheckAsync(HttpContext http, Func<ApiError, IResult> refuse)
    {
        var app = http.Request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header.Length <= LongestToken
            ? await database.ReadAsync(session => session.FirstAsync<ResearchingApp>(Find, new { digest = TokenText.Digest(header[Bearer.Length..].Trim()), now = clock.GetUtcNow(), scope = KnownScopes.Research }), http.RequestAborted)
            : null;
        if (app is null)
            return refuse(ApiError.AccessTokenInvalid);
        if (!app.MayResearch)
            return refuse(ApiError.ScopeNotAuthorized);
        http.Features.Set(app);
        if (http.Features.Get<CallNote>() is { } note)
            note.ClientKey = app.ClientKey;
        return null;
    }
}

/// <summary>The app whose own token a request carries.</summary>
internal sealed record ResearchingApp
{
    public string AppId { get; init; } = "";
    public string ClientKey { get; init; } = "";
    public bool MayResearch { get; init; }
}
