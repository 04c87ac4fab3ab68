using Holdfast.Platform.Tokens;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Authorize;

/// <summary>Writes a person's consent down and makes the code that stands for it, in one transaction.</summary>
internal sealed class IssueCode(Database database, TokenText text, Ulids ulids, AuthorizationEvents events, IOptions<TokenOptions> options, TimeProvider clock)
{
    private const string Known = """
        insert into app_account (app_id, person_id, open_id) values (@app, @person, @openId) on conflict do nothing;
        insert into developer_account (owner_id, person_id, union_id) select owner_id, @person, @unionId from app where id = @app on conflict do nothing;
        """;

    private const string Consent = """
        insert into consent (id, app_id, person_id, open_id, scopes, granted_at)
        select @id, @app, @person, open_id, @scopes, @now from app_account where app_id = @app and person_id = @person
        on conflict (app_id, person_id) where ended_at is null do update set scopes = @scopes, granted_at = @now
        returning id
        """;

    private const string Code = """
        insert into authorization_code (digest, app_id, consent_id, platform, redirect_uri, scopes, code_challenge, created_at, expires_at)
        values (@digest, @app, @consent, @platform, @redirectUri, @scopes, @codeChallenge, @now, @expiresAt)
        """;

    /// <param name="claim">Runs first in the same transaction; <c>false</c> makes no code (somebody answered this request already).</param>
    /// <returns>The code, or <c>null</c> when <paramref name="claim"/> said no.</returns>
    public async Task<string?> RunAsync(Approval approval, Func<Session, Task<bool>>? claim, CancellationToken aborted)
    {
        var code = text.NextCode();
        var now = clock.GetUtcNow();
        var (app, person) = (approval.AppId, approval.PersonId);
        var made = await database.WriteAsync(async session =>
        {
            if (claim is not null && !await claim(session))
                return false;
            await session.RunAsync(Known, new { app, person, openId = text.NextOpenId(), unionId = text.NextUnionId() });
            var before = await session.FirstAsync<string>("select scopes from consent where app_id = @app and person_id = @person and ended_at is null", new { app, person });
            var scopes = After(before, approval);
            var consent = await session.FirstAsync<string>(Consent, new { id = ulids.Next(), app, person, scopes, now });
            await session.RunAsync(Code, new
            {
                digest = TokenText.Digest(code),
                app,
                consent,
                platform = approval.Platform.ToString().ToLowerInvariant(),
                redirectUri = approval.RedirectUri,
                scopes = ScopeList.Join(approval.Granted),
                codeChallenge = approval.CodeChallenge,
                now,
                expiresAt = now + options.Value.CodeFor,
            });
            if (before != scopes)
                await events.AddAsync(session, consent!, "granted", null, now); // the insert returned it
            return true;
        }, aborted);
        return made ? code : null;
    }

    // What was asked and not ticked is withdrawn; what was not asked stays as it was.
    private static string After(string? before, Approval approval)
    {
        var scopes = ScopeList.Split(before ?? "").Except(approval.Asked, StringComparer.Ordinal).Union(approval.Granted, StringComparer.Ordinal).ToList();
        return ScopeList.Join(KnownScopes.All.Where(scopes.Contains));
    }
}

/// <summary>What a person agreed to.</summary>
/// <param name="Asked">What the app asked for.</param>
/// <param name="Granted">The part of it that the person left ticked.</param>
internal sealed record Approval(
    string AppId, string PersonId, RedirectPlatform Platform, string RedirectUri, string? CodeChallenge, IReadOnlyList<string> Asked, IReadOnlyList<string> Granted);
