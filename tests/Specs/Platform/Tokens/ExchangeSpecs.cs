using System.Text;
using Holdfast.Platform.Tokens;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Tokens;

public sealed class ExchangeSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_code_buys_the_seven_members_and_a_token_that_opens_what_was_granted(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));

        var answer = await platform.RedeemAsync(app, await platform.CodeAsync(app, ada));

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("act.", answer.Access, StringComparison.Ordinal);
        Assert.StartsWith("rft.", answer.Refresh, StringComparison.Ordinal);
        Assert.Equal(("7200", "15552000", "Bearer", "user.info.basic,video.list"), (answer.Text("expires_in"), answer.Text("refresh_expires_in"), answer.Text("token_type"), answer.Text("scope")));
        Assert.Matches("^-000[A-Za-z0-9_-]{32}$", answer.Text("open_id"));
        var access = await platform.Service<AccessTokens>().VerifyAsync(answer.Access);
        Assert.Equal((ada.Id, app.Id, answer.Text("open_id")), (access?.CreatorId, access?.AppId, access?.OpenId));
        Assert.Equal(["user.info.basic", "video.list"], access!.Scopes.Order());
    }

    [Theory, MemberData(nameof(Engines)), Trait("attack", "33")]
    public async Task A_code_raced_by_fifty_requests_buys_exactly_one_grant(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        for (var round = 0; round < Volume.Of(1, 100); round++)
        {
            var code = await platform.CodeAsync(app, ada);

            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => platform.RedeemAsync(app, code)));

            Assert.Single(answers, answer => answer.IsGranted);
            Assert.All(answers.Where(answer => !answer.IsGranted), answer => Assert.Equal((400, "invalid_grant"), (answer.Status, answer.Error)));
            platform.Clock.Advance(TimeSpan.FromMinutes(1)); // the losers are counted by the minute (41)
        }
    }

    // Both have read it as unspent by the time they come to the statement that spends it. SQLite's one writer reads after the other's commit.
    [Fact, Trait("attack", "33")]
    public async Task Of_two_exchanges_that_both_found_the_code_unspent_one_gets_the_grant()
    {
        Assert.SkipWhen(DatabaseUnderTest.PostgresServer is null, "Needs the PostgreSQL that ./test starts.");
        await using var platform = await PlatformUnderTest.StartAsync(Engine.PostgreSql);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var code = await platform.CodeAsync(app, ada);

        var answers = await Task.WhenAll(await HeldRow.WhileAsync(platform.Database, "authorization_code where digest = @digest", new { digest = TokenText.Digest(code) }, async row =>
        {
            Task<TokenReply>[] exchanges = [platform.RedeemAsync(app, code), platform.RedeemAsync(app, code)];
            await row.UntilWaitingAsync(exchanges);
            return exchanges;
        }));

        var winner = Assert.Single(answers, answer => answer.IsGranted);
        Assert.Single(answers, answer => (answer.Status, answer.Error) == (400, "invalid_grant"));
        Assert.True(await platform.OpensAsync(winner.Access));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_request_already_under_way_when_the_code_was_spent_kills_nothing(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var code = await platform.CodeAsync(app, ada);

        // The head of the loser's request is here before the winner's commit, its body only after the winner's answer.
        var arrival = platform.Service<RecentExchanges>().Arrive();
        var winner = await platform.RedeemAsync(app, code);
        var fields = $"code={Uri.EscapeDataString(code)}&redirect_uri={Uri.EscapeDataString(PlatformUnderTest.Redirect)}&code_verifier={PlatformUnderTest.Verifier}";
        var loser = await platform.Service<ExchangeCode>().RunAsync(new(FormFields.Read(Encoding.UTF8.GetBytes(fields))!, app.ClientKey, app.ClientSecret), arrival);

        Assert.IsNotType<OAuthAnswer.Granted>(loser);
        Assert.True(winner.IsGranted);
        Assert.True(await platform.OpensAsync(winner.Access));
        Assert.True((await platform.RenewAsync(app, winner.Refresh)).IsGranted);
    }

    [Theory, MemberData(nameof(Engines)), Trait("attack", "34")]
    public async Task A_replay_after_the_commit_ends_that_exchanges_family_and_no_other(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var other = await platform.GrantAsync(app, ada);
        var code = await platform.CodeAsync(app, ada);
        var first = await platform.RedeemAsync(app, code);

        var replay = await platform.RedeemAsync(app, code);

        Assert.Equal((400, "invalid_grant"), (replay.Status, replay.Error));
        Assert.False(await platform.OpensAsync(first.Access));
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, first.Refresh)).Error);
        Assert.True(await platform.OpensAsync(other.Access));
    }

    [Fact]
    public async Task A_replay_without_the_verifier_ends_nothing()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var code = await platform.CodeAsync(app, ada);
        var first = await platform.RedeemAsync(app, code);

        Assert.Equal("invalid_request", (await platform.RedeemAsync(app, code, verifier: new string('x', 43))).Error);
        Assert.True(await platform.OpensAsync(first.Access));
    }

    [Fact]
    public async Task A_code_forgives_a_few_mistakes_and_then_is_dead()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var (forgiven, guessed) = (await platform.CodeAsync(app, ada), await platform.CodeAsync(app, ada));

        Assert.Equal("Redirect_uri is not matched with the uri when requesting code.", (await platform.RedeemAsync(app, forgiven, redirect: "http://127.0.0.1:49152/callback")).Text("error_description"));
        Assert.Equal("Code verifier or code challenge is invalid.", (await platform.RedeemAsync(app, forgiven, verifier: null)).Text("error_description"));
        Assert.True((await platform.RedeemAsync(app, forgiven)).IsGranted);

        for (var i = 0; i < CodeRule.MostMisses; i++)
            await platform.RedeemAsync(app, guessed, verifier: new string('a', 43));
        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, guessed)).Error);
    }
}
