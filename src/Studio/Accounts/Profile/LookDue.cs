using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Accounts.Profile;

/// <summary>Looks at every account now and then: fresh figures, and access that was removed is noticed although nothing was due.</summary>
internal sealed class LookDue(Database database, ReadProfile profiles, StudioTikTok tiktok, IConfiguration configuration, ISecretSource secrets, TimeProvider clock) : IDueWork
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);

    // Our own Platform on this machine does not mind; TikTok counts calls.
    private static readonly TimeSpan LocalEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    public string Topic => ConnectionStore.CheckTopic;

    public int Concurrency => 2;

    public string Free => "update connection set check_lease_until = 0 where check_lease_until > 0";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        var claim = await database.WriteAsync(async session =>
        {
            var leaseNow = await session.LeaseNowAsync();
            return await session.FirstAsync<Claim>($"""
                update connection set check_lease_until = @until
                where id = (select id from connection where check_at <= @now and check_lease_until <= @leaseNow order by check_at limit 1 {session.SkipLocked})
                returning id, check_at, check_failures
                """, new { now, leaseNow, until = leaseNow + Lease });
        }, stopping);
        if (claim is null)
            return false;

        var answer = await profiles.TryAsync(claim.Id, stopping);
        var failures = answer is LookAnswer.Again ? claim.CheckFailures + 1 : 0;
        var next = answer is LookAnswer.Over ? null : await NextAsync(answer, (int)claim.CheckFailures);
        // A sign-in meanwhile has set a time of its own; an end must not wipe that out.
        await database.WriteAsync(session => session.RunAsync("""
            update connection set check_at = case when check_at = @CheckAt then @next else check_at end, check_lease_until = 0, check_failures = @failures where id = @Id
            """, new { claim.Id, claim.CheckAt, next, failures }), CancellationToken.None);
        return true;
    }

    private async Task<DateTimeOffset?> NextAsync(LookAnswer answer, int failures)
    {
        var now = clock.GetUtcNow();
        var chance = BitConverter.ToUInt32(secrets.Bytes(4)) / (double)uint.MaxValue;
        if (answer is LookAnswer.Again)
            return RetryRule.Renewal.NextAt(now, failures, chance);
        var every = configuration.GetValue<int?>("Accounts:LookEverySeconds") is > 0 and { } seconds ? TimeSpan.FromSeconds(seconds)
            : await tiktok.IsLocalAsync() ? LocalEvery : Every;
        return now + every * (0.9 + 0.2 * chance);
    }

    private sealed record Claim
    {
        public string Id { get; init; } = "";
        public DateTimeOffset CheckAt { get; init; }
        public long CheckFailures { get; init; }
    }
}
