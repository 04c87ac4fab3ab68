using Holdfast.Specs.Storage;
using Npgsql;

namespace Holdfast.Specs.Platform.Nodes;

/// <summary>Attack cases 33, 34, 57 and 66 against two processes on one PostgreSQL: single use is the database's word, not a node's.</summary>
public sealed class TwoNodesSpecs
{
    private static readonly int Rounds = Volume.Of(2, 100);

    [Fact, Trait("attack", "33")]
    public Task A_code_raced_by_two_nodes_buys_one_grant() => WithNodesAsync("Strict", async (first, second, ada) =>
    {
        for (var round = 0; round < Rounds; round++)
        {
            var code = await PlatformNode.CodeAsync(ada);

            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(at => (at % 2 == 0 ? first : second).ExchangeAsync(code)));

            Assert.Single(answers, answer => answer.IsGranted);
            Assert.All(answers.Where(answer => !answer.IsGranted), answer => Assert.Equal((400, "invalid_grant"), (answer.Status, answer.Error)));
        }
    });

    [Fact, Trait("attack", "33"), Trait("attack", "34")]
    public Task A_request_in_flight_at_the_other_node_ends_nothing_and_a_later_replay_there_ends_what_the_code_bought() => WithNodesAsync("Strict", async (first, second, ada) =>
    {
        var code = await PlatformNode.CodeAsync(ada);
        using var inFlight = await second.BeginExchangeAsync(code);
        var winner = await first.ExchangeAsync(code);
        Assert.True(winner.IsGranted, winner.Body);
        await HasHeardAsync(first, second, ada);

        Assert.Contains("invalid_grant", await inFlight.FinishAsync(), StringComparison.Ordinal);
        Assert.True(await first.OpensAsync(winner.Access));

        Assert.Equal("invalid_grant", (await second.ExchangeAsync(code)).Error);
        Assert.False(await first.OpensAsync(winner.Access));
        Assert.Equal("invalid_grant", (await first.RenewAsync(winner.Refresh)).Error);
    });

    [Theory, Trait("attack", "57")]
    [InlineData("Strict")]
    [InlineData("Grace")]
    public Task A_refresh_token_raced_by_two_nodes_leaves_one_living_branch(string mode) => WithNodesAsync(mode, async (first, second, ada) =>
    {
        for (var round = 0; round < Rounds; round++)
        {
            var before = await first.ExchangeAsync(await PlatformNode.CodeAsync(ada));

            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(at => (at % 2 == 0 ? first : second).RenewAsync(before.Refresh)));

            Assert.All(answers, answer => Assert.True(answer.IsGranted || answer.Error == "invalid_grant", answer.Body));
            var granted = answers.Where(answer => answer.IsGranted).ToList();
            var living = new List<TokenReply>();
            foreach (var answer in granted)
            {
                if (await first.OpensAsync(answer.Access))
                    living.Add(answer);
            }
            var only = Assert.Single(living);
            Assert.True((await second.RenewAsync(only.Refresh)).IsGranted);
            if (mode is "Strict")
                Assert.Single(granted);
        }
    });

    [Fact, Trait("attack", "66")]
    public Task After_a_revocation_answers_nothing_lives_though_the_other_node_was_renewing() => WithNodesAsync("Strict", async (first, second, ada) =>
    {
        for (var round = 0; round < Rounds * 10; round++)
        {
            var before = await first.ExchangeAsync(await PlatformNode.CodeAsync(ada));

            var renewing = second.RenewAsync(before.Refresh);
            var revoked = await first.RevokeAsync(before.Access);
            var renewed = await renewing;

            Assert.Equal(200, revoked.Status);
            Assert.False(await second.OpensAsync(before.Access));
            if (renewed.IsGranted)
            {
                Assert.False(await first.OpensAsync(renewed.Access));
                Assert.False(await second.OpensAsync(renewed.Access));
                Assert.Equal("invalid_grant", (await second.RenewAsync(renewed.Refresh)).Error);
            }
        }
    });

    // News comes in the order of the commits: when a replay of a later code is punished there, the earlier one is known too.
    private static async Task HasHeardAsync(PlatformNode first, PlatformNode second, Visitor ada)
    {
        var code = await PlatformNode.CodeAsync(ada);
        var granted = await first.ExchangeAsync(code);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(8), TestClock.System); // before silence itself is taken for old news
        while (await first.OpensAsync(granted.Access))
        {
            Assert.Equal("invalid_grant", (await second.ExchangeAsync(code)).Error);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, limit.Token);
        }
    }

    private static async Task WithNodesAsync(string mode, Func<PlatformNode, PlatformNode, Visitor, Task> run)
    {
        if (DatabaseUnderTest.PostgresServer is not { } server)
        {
            Assert.Skip("Needs the PostgreSQL that ./test starts.");
            return;
        }
        var name = "nodes" + Convert.ToHexStringLower(new Holdfast.Storage.SystemSecrets().Bytes(6));
        await RunAsync(server, $"create database {name}");
        try
        {
            var shared = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
            await using var first = await PlatformNode.StartAsync(shared, ("Tokens__RefreshMode", mode), ("Tokens__DeadCodesPerMinute", "1000000"));
            await using var second = await PlatformNode.StartAsync(shared, ("Tokens__RefreshMode", mode), ("Tokens__DeadCodesPerMinute", "1000000"));
            using var ada = new Visitor(first.Address);
            await ada.LogInAsync("ada", "platform-demo-1");
            await run(first, second, ada);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync(server, $"drop database {name} with (force)");
        }
    }

    private static async Task RunAsync(string server, string sql)
    {
        await using var source = NpgsqlDataSource.Create(server);
#pragma warning disable CA2100 // the name is made of hexadecimal digits
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
