using Holdfast.People.Sessions;
using Holdfast.Platform.Developers.Sandboxes;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Authorize;

/// <summary>Writes a person's consent down and makes the code that stands for it, in one transaction.</summary>
internal sealed class IssueCode(Database database, SessionStore sessions, TokenText text, Ulids ulids, AuthorizationEvents events, IOptions<TokenOptions> options, TimeProvider clock)
{
    private const string Known = """
        insert into app_account (app_id, person_id, open_id) values (@app, @person, @openId) on conflict do nothing;
        insert into developer_account (owner_id, person_id, union_id) select owner_id, @person, @unionId from app where id = @app on conflict do nothing;
        """;

    private const string Consent = """
        insert into consent (id, app_id, person_id, open_id, scopes, declined_scopes, granted_at)
        select @id, @app, @person, open_id, @scopes, @declined, @now from app_account where app_id = @app and person_id = @person
        on conflict (app_id, person_id) where ended_at is null do update set scopes = @scopes, declined_scopes = @declined, granted_at = @now
        returning id
        """;

    // A code stands on a consent that lives and still says what was read: one that ended meanwhile gets none.
    private const string Code = """
        insert into authorization_code (digest, app_id, consent_id, platform, redirect_uri, scopes, code_challenge, created_at, expires_at)
        select @digest, app_id, id, @platform, @redirectUri, @scopes, @codeChallenge, @now, @expiresAt
        from consent where id = @consent and ended_at is null and scopes = @held
        """;

    /// <summary>What <see cref="Session.OneAtATimeAsync"/> takes while it is decided what a person agrees to with an app.</summary>
    public static string TurnOf(string app, string person) => $"consent:{app}:{person}";

    /// <param name="claim">Runs first in the same transaction; <c>false</c> makes no code (somebody answered this request already, or whose it was has signed out).</param>
    /// <returns>The code, or <c>null</c> when <paramref name="claim"/> said no.</returns>
    public async Task<string?> RunAsync(Approval approval, Func<Session, Task<bool>>? claim, CancellationToken aborted)
    {
        var code = text.NextCode();
        var now = clock.GetUtcNow();
        var (app, person) = (approval.AppId, approval.PersonId);
        var made = await database.WriteAsync(async session =>
        {
            // Two answers at once build on one another, or the later would bring back what the earlier took away; and whoever takes a target user off the list finds this consent, or this finds them off it.
            await session.OneAtATimeAsync(TurnOf(app, person));
            // Where a page stood open meanwhile, the app may be gone, and the person no target user any more.
            if (!await TargetUsers.MayAuthorizeAsync(session, app, person) || (claim is not null && !await claim(session)))
                return false;
            await session.RunAsync(Known, new { app, person, openId = text.NextOpenId(), unionId = text.NextUnionId() });
            var past = await PastConsent.FindAsync(session, app, person);
            var before = past is { IsLiving: true } ? past.Scopes : null;
            var scopes = After(before, approval.Asked, approval.Granted);
            var declined = After(past?.DeclinedScopes, approval.Asked, approval.Asked.Except(approval.Granted, StringComparer.Ordinal));
            var consent = await session.FirstAsync<string>(Consent, new { id = ulids.Next(), app, person, scopes, declined, now });
            if (!await AddAsync(session, code, consent!, scopes, approval, now)) // the insert returned it
                return false;
            if (before != scopes)
                await events.AddAsync(session, consent!, "granted", null, now);
            return true;
        }, aborted);
        return made ? code : null;
    }

    /// <summary>Makes a code without the page, from a consent that holds every scope asked for. The look and the code are one transaction, and no consent comes into being here: one that was taken back stays taken back.</summary>
    /// <param name="sessionDigest">The session that speaks for the person; one that ended on the way answers nothing.</param>
    /// <returns>The code, or <c>null</c> when the person has to be asked.</returns>
    public async Task<string?> SilentlyAsync(AuthorizationAsk ask, string sessionDigest, string personId, CancellationToken aborted)
    {
        var code = text.NextCode();
        var now = clock.GetUtcNow();
        var made = await database.WriteAsync(async session =>
            // Held until we are done: whatever ends it finds our code and ends that too.
            await sessions.KeepAsync(session, personId, sessionDigest)
            && await TargetUsers.MayAuthorizeAsync(session, ask.AppId, personId)
            && await PastConsent.FindAsync(session, ask.AppId, personId) is { IsLiving: true } living
            && ask.Scopes.All(ScopeList.Split(living.Scopes).Contains)
            && await AddAsync(session, code, living.Id, living.Scopes, new Approval(ask.AppId, personId, ask.Platform, ask.RedirectUri, ask.CodeChallenge, ask.Scopes, ask.Scopes), now), aborted);
        return made ? code : null;
    }

    private async Task<bool> AddAsync(Session session, string code, string consent, string held, Approval approval, DateTimeOffset now) => await session.RunAsync(Code, new
    {
        digest = TokenText.Digest(code),
        consent,
        held,
        platform = approval.Platform.ToString().ToLowerInvariant(),
        redirectUri = approval.RedirectUri,
        scopes = ScopeList.Join(approval.Granted),
        codeChallenge = approval.CodeChallenge,
        now,
        expiresAt = now + options.Value.CodeFor,
    }) == 1;

    // What was asked takes its new answer, withdrawn or granted; what was not asked stays as it was.
    private static string After(string? before, IEnumerable<string> asked, IEnumerable<string> answer)
    {
        var scopes = ScopeList.Split(before ?? "").Except(asked, StringComparer.Ordinal).Union(answer, StringComparer.Ordinal).ToList();
        return ScopeList.Join(KnownScopes.All.Where(scopes.Contains));
    }
}

/// <summary>What a person agreed to.</summary>
/// <param name="Asked">What the app asked for.</param>
/// <param name="Granted">The part of it that the person left ticked.</param>
internal sealed record Approval(
    string AppId, string PersonId, RedirectPlatform Platform, string RedirectUri, string? CodeChallenge, IReadOnlyList<string> Asked, IReadOnlyList<string> Granted);
