using Holdfast.Shell.Sealing;
using Holdfast.Storage;

namespace Holdfast.Studio.Notices.Hooks;

/// <summary>Members' own addresses, and what is on its way there.</summary>
internal sealed class HookStore(Database database, SecretSeal seal, ISecretSource secrets, Ulids ulids, TimeProvider clock)
{
    /// <summary>Longer than a call may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const string IsDue = "next_step_at <= @now and lease_until <= @leaseNow and channel = 'webhook'";

    public Task<Hook?> FindAsync(string workspaceId, string personId, CancellationToken aborted = default) => database.ReadAsync(session =>
        session.FirstAsync<Hook>("select id, url, created_at from notice_hook where workspace_id = @workspaceId and person_id = @personId", new { workspaceId, personId }), aborted);

    /// <summary>Sets a member's address. The answer is the new secret, which is shown once.</summary>
    public Task<string> SetAsync(string workspaceId, string personId, string url) => database.WriteAsync(async session =>
    {
        var (id, secret, now) = (ulids.Next(), "hfs_" + Convert.ToHexStringLower(secrets.Bytes(32)), clock.GetUtcNow());
        // Another address is another receiver: what was meant for the former one ends with it.
        await RemoveAsync(session, workspaceId, personId);
        await session.RunAsync("insert into notice_hook (id, workspace_id, person_id, url, secret, created_at) values (@id, @workspaceId, @personId, @url, @secret, @now)",
            new { id, workspaceId, personId, url, secret = seal.Close(secret, Place(id)), now });
        return secret;
    });

    public Task RemoveAsync(string workspaceId, string personId) => database.WriteAsync(session => RemoveAsync(session, workspaceId, personId));

    /// <summary>What went, or is to go, to this address; the newest first.</summary>
    public Task<IReadOnlyList<HookDelivery>> ListAsync(string workspaceId, string hookId, int take, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<HookDelivery>($"""
        select {HookDelivery.Columns} from {HookDelivery.Source}
        where d.workspace_id = @workspaceId and d.channel = 'webhook' and d.recipient = @hookId
        order by d.made_at desc, d.id desc limit @take
        """, new { workspaceId, hookId, take }), aborted);

    /// <summary>Sends one again, whether it was taken, given up or is still being tried. The receiver knows it by its id.</summary>
    /// <returns><c>false</c> when there is no such delivery to this member's address.</returns>
    public Task<bool> SendAgainAsync(string workspaceId, string personId, string deliveryId) => database.WriteAsync(async session =>
    {
        var again = await session.RunAsync("""
            update notice_delivery set next_step_at = @now, withdrawn_at = null
            where id = @deliveryId and workspace_id = @workspaceId and channel = 'webhook'
              and recipient = (select id from notice_hook where workspace_id = @workspaceId and person_id = @personId)
            """, new { deliveryId, workspaceId, personId, now = clock.GetUtcNow() }) == 1;
        if (again)
            session.Signal(CallHooks.HooksTopic);
        return again;
    });

    /// <summary>Takes one due delivery under a fresh fence, of an address that nobody calls at the moment; <c>null</c> when there is none.</summary>
    public async Task<HookClaim?> ClaimAsync(CancellationToken stopping)
    {
        if (await database.ReadAsync(async session => await session.FirstAsync<string>($"select id from notice_delivery where {IsDue} limit 1", new { now = clock.GetUtcNow(), leaseNow = await session.LeaseNowAsync() }), stopping) is null)
            return null;
        return await database.WriteAsync(async session =>
        {
            var (now, leaseNow) = (clock.GetUtcNow(), await session.LeaseNowAsync());
            // Those never tried go first: servers that are down, each call of which lasts until its deadline, keep nobody else's waiting.
            var id = await session.FirstAsync<string>($"""
                update notice_delivery set lease_until = @lease, fence = fence + 1
                where id = (
                  select id from notice_delivery
                  where {IsDue} and recipient not in (select recipient from notice_delivery where next_step_at is not null and lease_until > @leaseNow and channel = 'webhook')
                  order by tries, next_step_at, id limit 1 {session.SkipLocked})
                returning id
                """, new { now, leaseNow, lease = leaseNow + Lease });
            return id is null ? null : await session.FirstAsync<HookClaim>("""
                select d.id, d.notice_id, d.made_at, d.tries, d.fence, h.id as hook_id, h.url, h.secret
                from notice_delivery d left join notice_hook h on h.id = d.recipient where d.id = @id
                """, new { id });
        }, stopping);
    }

    /// <summary>Writes down what came of a call, under the fence it was made with.</summary>
    /// <param name="problem">What was wrong; <c>null</c> when it was taken.</param>
    public Task SettleAsync(HookClaim claim, string? problem, DateTimeOffset? next) => database.WriteAsync(session => session.RunAsync("""
        update notice_delivery set lease_until = 0, tries = tries + 1, problem = @problem, done_at = case when @taken then cast(@now as bigint) else done_at end,
          next_step_at = case when withdrawn_at is null then cast(@next as bigint) end
        where id = @Id and fence = @Fence
        """, new { claim.Id, claim.Fence, problem, next, taken = problem is null, now = clock.GetUtcNow() }), CancellationToken.None);

    public Task<NoticeRow?> NoticeAsync(HookClaim claim) => database.ReadAsync(session =>
        session.FirstAsync<NoticeRow>($"select {NoticeRow.Columns} from {NoticeRow.Source} where n.id = @NoticeId", new { claim.NoticeId }));

    public string Open(HookClaim claim) => seal.Open(claim.Secret!, Place(claim.HookId!)); // asked only where the hook is there

    private async Task RemoveAsync(Session session, string workspaceId, string personId)
    {
        if (await session.FirstAsync<string>("delete from notice_hook where workspace_id = @workspaceId and person_id = @personId returning id", new { workspaceId, personId }) is { } gone)
            await session.RunAsync("update notice_delivery set withdrawn_at = coalesce(withdrawn_at, @now), next_step_at = null where recipient = @gone and channel = 'webhook' and next_step_at is not null", new { gone, now = clock.GetUtcNow() });
    }

    private static SealedPlace Place(string id) => new("notice_hook", "secret", id);
}

/// <summary>A member's own address.</summary>
public sealed record Hook
{
    public string Id { get; init; } = "";
    public string Url { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The right to make one call until the lease lapses. Without an address there is nobody to call.</summary>
internal sealed record HookClaim
{
    public string Id { get; init; } = "";
    public string NoticeId { get; init; } = "";
    public DateTimeOffset MadeAt { get; init; }
    public long Tries { get; init; }
    public long Fence { get; init; }
    public string? HookId { get; init; }
    public string? Url { get; init; }
    public byte[]? Secret { get; init; }

    // Records print their members, and this one holds a secret.
    public override string ToString() => $"HookClaim({Id})";
}
