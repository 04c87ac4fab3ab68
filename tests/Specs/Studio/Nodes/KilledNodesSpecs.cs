using Holdfast.Specs.Storage;

namespace Holdfast.Specs.Studio.Nodes;

/// <summary>Two real processes on one PostgreSQL, killed and stopped at random; seconds in <c>./test</c>, minutes in <c>--soak</c>. What came of it is read from the Platform's own rows.</summary>
public sealed class KilledNodesSpecs(ITestOutputHelper output)
{
    private static readonly TimeSpan Storm = TimeSpan.FromSeconds(Volume.Of(5, 480));
    private static readonly int LongestPause = Volume.Of(900, 230_000);
    private static readonly int Accounts = Volume.Of(12, 60);
    private static readonly int Posts = Volume.Of(1, 8);

    /// <summary>A post whose init may have been sent when its node died is looked for among the videos for a quarter of an hour, and never sent again meanwhile: <c>./test</c> has not that long.</summary>
    private static readonly string Ends = Volume.IsFull ? "'Published'" : "'Published', 'Unconfirmed'";

    // As a claim whose holder is dead comes free: all nodes are, when this is run.
    private const string Lapse = """
        update connection set lease_until = 0, check_lease_until = 0, renew_at = case when refresh_token is not null then 0 end;
        update post set lease_until = 0, precheck_lease_until = 0, next_step_at = case when next_step_at is not null then least(next_step_at, @now) end;
        """;

    [Fact, Trait("scenario", "R1"), Trait("scenario", "R6"), Trait("scenario", "R10"), Trait("scenario", "P10"), Trait("scenario", "P13")]
    public async Task Nodes_that_are_killed_and_stopped_at_random_renew_one_at_a_time_lose_no_connection_and_post_once()
    {
        if (DatabaseUnderTest.PostgresServer is not { } server)
        {
            Assert.Skip("Needs the PostgreSQL that ./test starts.");
            return;
        }
        var seed = Environment.ProcessId;
        var dice = new Random(seed);
        await using var studios = await TwoStudios.StartAsync(server, Accounts, Posts, dice);
        var (kills, pauses) = (0, 0);
        var started = await Task.WhenAll(studios.NodeAsync(1), studios.NodeAsync(2));
        using (var over = new CancellationTokenSource())
        {
            var ending = EndAsync(studios, over);
            var pushing = PushAsync(studios, over.Token);
            var nodes = await Task.WhenAll(started.Select((node, number) => DisturbAsync(studios, node, number + 1, new Random(seed + number), () => Interlocked.Increment(ref kills), () => Interlocked.Increment(ref pauses), over.Token)));
            await pushing;
            await ending;
            foreach (var node in nodes)
                await node.DisposeAsync();
        }

        // In fair weather a fresh node finds everything as it was left: each connection renews once more, each post comes to its end.
        studios.Watch.IsFair = true;
        await studios.Studio.WriteAsync(session => session.RunAsync(Lapse, new { now = TestClock.System.GetUtcNow() }));
        var healing = TestClock.System.GetUtcNow();
        await using var last = await studios.NodeAsync(3);
        await UntilAsync(studios, async () => await CountAsync(studios, "select count(*) from connection where state in ('live', 'ending-soon') and renewed_at >= @healing", new { healing }) == Accounts
            && await CountAsync(studios, $"select count(*) from post where state in ({Ends})") == Accounts * Posts);

        output.WriteLine($"seed {seed}: {studios.Watch.Renewals} renewals, {studios.Watch.Cuts} answers lost, {kills} kills, {pauses} pauses");
        Assert.Equal(0, studios.Watch.Parallel);
        Assert.Equal(0, await CountAsync(studios, "select count(*) from connection_event where kind = 'SignInNeeded'"));
        var published = await CountAsync(studios, "select count(*) from post where state = 'Published'");
        var (ended, videos, captions) = await studios.Platform.ReadAsync(async session => (
            await session.FirstAsync<long>("select count(*) from token_family where ended_at is not null"),
            await session.FirstAsync<long>("select count(*) from video"),
            await session.FirstAsync<long>("select count(distinct caption) from video")));
        Assert.Equal(0, ended);
        Assert.Equal(captions, videos);
        // A node that is killed takes the answers to all posts it was announcing at that moment: up to 32, and a short storm has few more.
        Assert.InRange(published, Volume.Of(1, Accounts * Posts / 2), videos);
        Assert.True(studios.Watch.Renewals > Accounts * 2, $"Only {studios.Watch.Renewals} renewals: too quiet to show anything.");
        Assert.True(kills > 0 && pauses > 0, $"seed {seed}: {kills} kills, {pauses} pauses");
    }

    /// <summary>Makes every connection due again and again, so that whenever a node dies it is in the middle of renewals.</summary>
    private static async Task PushAsync(TwoStudios studios, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await studios.Studio.WriteAsync(async session =>
            {
                await session.RunAsync("update connection set renew_at = @now where renew_at > @now and failures = 0", new { now = TestClock.System.GetUtcNow() });
                session.Signal("connections");
            }, CancellationToken.None);
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(300), TestClock.System, over));
        }
    }

    /// <summary>The storm lasts its time, and on a slow machine until enough has happened in it.</summary>
    private static async Task EndAsync(TwoStudios studios, CancellationTokenSource over)
    {
        var latest = TestClock.System.GetUtcNow() + Storm + TimeSpan.FromMinutes(1);
        await Task.Delay(Storm, TestClock.System);
        while (studios.Watch.Renewals <= Accounts * 2 && TestClock.System.GetUtcNow() < latest)
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestClock.System);
        await over.CancelAsync();
    }

    private static async Task<StudioNode> DisturbAsync(TwoStudios studios, StudioNode node, int number, Random dice, Action killed, Action paused, CancellationToken over)
    {
        // The first of each kind is sure to come.
        for (var turn = number; !over.IsCancellationRequested || turn < number + 1; turn++)
        {
            await Task.WhenAny(Task.Delay(TimeSpan.FromMilliseconds(dice.Next(300, Volume.Of(1_200, 20_000))), TestClock.System, over));
            if (turn % 2 == 1)
            {
                await node.DisposeAsync();
                killed();
                node = await studios.NodeAsync(number);
            }
            else
            {
                await node.PauseAsync(TimeSpan.FromMilliseconds(dice.Next(100, LongestPause)));
                paused();
            }
        }
        return node;
    }

    private static async Task UntilAsync(TwoStudios studios, Func<Task<bool>> isSo)
    {
        var end = TestClock.System.GetUtcNow().AddSeconds(Volume.Of(120, 1_800));
        while (!await isSo())
        {
            if (TestClock.System.GetUtcNow() > end)
                Assert.Fail(await StateAsync(studios));
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestClock.System);
        }
    }

    private static async Task<int> CountAsync(TwoStudios studios, string sql, object? facts = null) =>
        (int)await studios.Studio.ReadAsync(session => session.FirstAsync<long>(sql, facts));

    private static async Task<string> StateAsync(TwoStudios studios) => string.Join('\n', await studios.Studio.ReadAsync(session => session.ListAsync<string>("""
        select 'connections ' || state || ' ' || coalesce(state_reason, '') || ' ' || count(*) || ', oldest renewal ' || coalesce(cast(min(renewed_at) as text), 'never') from connection group by state, state_reason
        union all select 'posts ' || state || ' ' || coalesce(hold, '') || ' ' || count(*) from post group by state, hold
        """)));
}
