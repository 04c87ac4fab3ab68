using System.Buffers.Text;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Audit;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Sandboxes;

/// <summary>Who may sign in to a sandbox. Each account is added by itself: a developer makes a link, and whoever opens it, signed in, accepts.</summary>
internal sealed class TargetUsers(Database database, AppAudit audit, Consents consents, ISecretSource secrets, TimeProvider clock)
{
    public const int Most = 10;

    private static readonly TimeSpan LinkFor = TimeSpan.FromHours(1);

    // Counted under the sandbox's lock, so that ten is ten.
    private const string Insert = """
        insert into target_user (app_id, person_id, added_at)
        select app.id, @personId, @now from app
        where app.id = @sandboxId and app.sandbox_of is not null and app.disabled_at is null and (select count(*) from target_user where app_id = app.id) < 10
        on conflict do nothing
        """;

    /// <summary>Whether this person may sign in to this app at all: to a sandbox only its target users, and only while it is there.</summary>
    public static async Task<bool> MayAuthorizeAsync(Session session, string appId, string personId) => await session.FirstAsync<long>("""
        select count(*) from app where id = @appId and disabled_at is null
          and (sandbox_of is null or exists (select 1 from target_user where target_user.app_id = app.id and target_user.person_id = @personId))
        """, new { appId, personId }) == 1;

    /// <inheritdoc cref="MayAuthorizeAsync(Session, string, string)"/>
    public Task<bool> MayAuthorizeAsync(string appId, string personId, CancellationToken aborted) => database.ReadAsync(session => MayAuthorizeAsync(session, appId, personId), aborted);

    /// <summary>Makes a link that adds one account; the token is in it alone. <c>null</c> when the sandbox is not this person's to act on.</summary>
    public Task<string?> InviteAsync(string personId, string sandboxId, CancellationToken aborted)
    {
        var token = Base64Url.EncodeToString(secrets.Bytes(24));
        return database.WriteAsync(async session =>
        {
            var now = clock.GetUtcNow();
            await session.RunAsync("delete from target_invitation where expires_at <= @now", new { now });
            if (await session.RunAsync($"""
                insert into target_invitation (digest, app_id, made_by, expires_at)
                select @digest, app.id, @personId, @ends from app where app.id = @sandboxId and app.sandbox_of is not null and {AppAccess.IsMine}
                """, new { digest = TokenText.Digest(token), personId, sandboxId, ends = now + LinkFor }) == 0)
            {
                return null;
            }
            await audit.AddAsync(session, await ChainAsync(session, sandboxId), AuditKind.TargetInvited, personId);
            return token;
        }, aborted);
    }

    /// <summary>The sandbox a link is for; <c>null</c> when it works no more.</summary>
    public Task<TargetLink?> FindLinkAsync(string token, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<TargetLink>("""
        select app.id as sandbox_id, app.name, person.user_name as made_by from target_invitation
        join app on app.id = target_invitation.app_id and app.disabled_at is null join person on person.id = target_invitation.made_by
        where target_invitation.digest = @digest and target_invitation.expires_at > @now
        """, new { digest = TokenText.Digest(token), now = clock.GetUtcNow() }), aborted);

    /// <summary>The account itself says yes. The link is used up where that added it.</summary>
    public Task<TargetResult> AcceptAsync(string personId, string token, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var (now, digest) = (clock.GetUtcNow(), TokenText.Digest(token));
        if (await session.FirstAsync<string>($"select app_id from target_invitation where digest = @digest and expires_at > @now {session.ForUpdate}", new { digest, now }) is not { } sandboxId)
            return TargetResult.Lapsed;
        await session.OneAtATimeAsync($"targets:{sandboxId}");
        if (await session.FirstAsync<long>("select count(*) from target_user where app_id = @sandboxId and person_id = @personId", new { sandboxId, personId }) == 1)
            return TargetResult.Added;
        if (await session.RunAsync(Insert, new { sandboxId, personId, now }) == 0)
            return TargetResult.Full;
        await session.RunAsync("delete from target_invitation where digest = @digest", new { digest });
        await audit.AddAsync(session, await ChainAsync(session, sandboxId), AuditKind.TargetAdded, personId, personId);
        return TargetResult.Added;
    }, aborted);

    /// <summary>Takes an account off the list; what it agreed to with the sandbox ends. <c>false</c> when it is not on it.</summary>
    public Task<bool> RemoveAsync(string personId, string sandboxId, string targetId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.OneAtATimeAsync(IssueCode.TurnOf(sandboxId, targetId));
        if (await session.RunAsync($"delete from target_user where person_id = @targetId and app_id in (select app.id from app where app.id = @sandboxId and {AppAccess.IsMine})", new { personId, sandboxId, targetId }) == 0)
            return false;
        if (await session.FirstAsync<string>("select id from consent where app_id = @sandboxId and person_id = @targetId and ended_at is null", new { sandboxId, targetId }) is { } consent)
            await consents.EndAsync(session, consent, EndReason.Developer, clock.GetUtcNow());
        await audit.AddAsync(session, await ChainAsync(session, sandboxId), AuditKind.TargetRemoved, personId, targetId);
        return true;
    }, aborted);

    public Task<IReadOnlyList<TargetUser>> ListAsync(string personId, string sandboxId, CancellationToken aborted) => database.ReadAsync(session => session.ListAsync<TargetUser>($"""
        select person.id, person.user_name, person.display_name, target_user.added_at from target_user join person on person.id = target_user.person_id
        where target_user.app_id in (select app.id from app where app.id = @sandboxId and {AppAccess.IsMine}) order by target_user.added_at, person.id
        """, new { personId, sandboxId }), aborted);

    private static async Task<string> ChainAsync(Session session, string sandboxId) =>
        (await session.FirstAsync<string>("select coalesce(sandbox_of, id) from app where id = @sandboxId", new { sandboxId }))!; // callers have found it
}

internal enum TargetResult { Added, Full, Lapsed }

/// <summary>What a link is for.</summary>
public sealed record TargetLink
{
    public string SandboxId { get; init; } = "";
    public string Name { get; init; } = "";
    public string MadeBy { get; init; } = "";
}

/// <summary>An account that may sign in to a sandbox.</summary>
public sealed record TargetUser
{
    public string Id { get; init; } = "";
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public DateTimeOffset AddedAt { get; init; }
}
