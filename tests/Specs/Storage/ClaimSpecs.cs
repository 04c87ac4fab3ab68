using Holdfast.Storage;

namespace Holdfast.Specs.Storage;

/// <summary>One statement claims: however many ask at once, each row goes to one of them.</summary>
public sealed class ClaimSpecs
{
    private const string Claim = """
        update job set lease_until = @until, fence = fence + 1
        where id in (select id from job where due_at <= @now and lease_until <= @now order by due_at limit @limit SKIP)
        returning id, fence
        """;

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Workers_that_claim_at_once_get_different_rows_and_miss_none(Engine engine)
    {
        await using var database = await WithJobsAsync(engine, 60);
        var now = DateTimeOffset.UnixEpoch.AddHours(1);

        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => ClaimAsync(database, now, 5)));

        var ids = claims.SelectMany(claim => claim).Select(job => job.Id).ToList();
        Assert.Equal(60, ids.Count + (await ClaimAsync(database, now, 60)).Count(job => !ids.Contains(job.Id)));
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_lapsed_lease_is_claimed_again_with_a_higher_fence(Engine engine)
    {
        await using var database = await WithJobsAsync(engine, 1);
        var now = DateTimeOffset.UnixEpoch.AddHours(1);
        var first = Assert.Single(await ClaimAsync(database, now, 1));

        Assert.Empty(await ClaimAsync(database, now, 1));
        var second = Assert.Single(await ClaimAsync(database, now.AddMinutes(2), 1));

        Assert.Equal(first.Fence + 1, second.Fence);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Leases_are_not_measured_by_a_clock_that_somebody_sets(Engine engine)
    {
        var name = "t" + Convert.ToHexStringLower(new SystemSecrets().Bytes(8));
        var clock = new TestClock(DateTimeOffset.UnixEpoch.AddYears(40));
        await using var database = Databases.Open(name, Path.Combine(Path.GetTempPath(), "holdfast-specs", name), engine == Engine.PostgreSql ? DatabaseUnderTest.PostgresServer : null, clock);
        var before = await database.ReadAsync(session => session.LeaseNowAsync().AsTask());

        clock.Leap(TimeSpan.FromDays(3));
        var after = await database.WriteAsync(session => session.LeaseNowAsync().AsTask());

        Assert.InRange(after - before, TimeSpan.Zero, TimeSpan.FromHours(1));
        if (engine is Engine.PostgreSql) // its own clock, and no node's
            Assert.InRange(TestClock.System.GetUtcNow() - after, TimeSpan.FromMinutes(-10), TimeSpan.FromMinutes(10));
    }

    private static Task<IReadOnlyList<Job>> ClaimAsync(Database database, DateTimeOffset now, int limit) =>
        database.WriteAsync(session => session.ListAsync<Job>(
            Claim.Replace("SKIP", session.SkipLocked, StringComparison.Ordinal), new { now, until = now.AddMinutes(1), limit }));

    private static async Task<Database> WithJobsAsync(Engine engine, int count)
    {
        var database = await DatabaseUnderTest.CreateAsync(engine);
        await database.WriteAsync(async session =>
        {
            await session.RunAsync("create table job (id text primary key, due_at bigint not null, lease_until bigint not null, fence bigint not null)");
            for (var i = 0; i < count; i++)
                await session.RunAsync("insert into job values (@id, @i, 0, 0)", new { id = $"job {i}", i });
        });
        return database;
    }

    private sealed record Job
    {
        public string Id { get; init; } = "";
        public long Fence { get; init; }
    }
}
