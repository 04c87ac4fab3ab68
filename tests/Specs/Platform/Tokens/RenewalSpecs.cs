using Holdfast.Platform.Tokens;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Tokens;

public sealed class RenewalSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_renewal_answers_a_new_pair_and_the_old_access_token_lives_until_its_own_end(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        platform.Clock.Advance(TimeSpan.FromMinutes(90));

        var second = await platform.RenewAsync(app, first.Refresh);

        Assert.True(second.IsGranted);
        Assert.NotEqual(first.Refresh, second.Refresh);
        Assert.Equal((first.Text("open_id"), first.Text("scope"), "15552000"), (second.Text("open_id"), second.Text("scope"), second.Text("refresh_expires_in")));
        Assert.True(await platform.OpensAsync(first.Access));
        platform.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.False(await platform.OpensAsync(first.Access));
        Assert.True(await platform.OpensAsync(second.Access));
    }

    [Theory, MemberData(nameof(Engines)), Trait("attack", "57")]
    public async Task A_refresh_token_raced_by_fifty_requests_has_one_successor_and_the_family_lives(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        for (var round = 0; round < Volume.Of(1, 100); round++)
        {
            var first = await platform.GrantAsync(app, ada);

            var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => platform.RenewAsync(app, first.Refresh)));

            var winner = Assert.Single(answers, answer => answer.IsGranted);
            Assert.All(answers.Where(answer => !answer.IsGranted), answer => Assert.Equal((400, "invalid_grant"), (answer.Status, answer.Error)));
            Assert.True((await platform.RenewAsync(app, winner.Refresh)).IsGranted);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task In_strict_mode_a_replayed_refresh_token_is_refused_and_the_family_lives(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        var second = await platform.RenewAsync(app, first.Refresh);
        var third = await platform.RenewAsync(app, second.Refresh);

        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, first.Refresh)).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, second.Refresh)).Error);
        Assert.True(await platform.OpensAsync(third.Access));
        Assert.True((await platform.RenewAsync(app, third.Refresh)).IsGranted);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task In_grace_mode_a_lost_answer_can_be_asked_for_again_and_the_lost_pair_is_dead(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine, tokens => tokens.RefreshMode = RefreshMode.Grace);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        var lost = await platform.RenewAsync(app, first.Refresh);

        var again = await platform.RenewAsync(app, first.Refresh);

        Assert.True(again.IsGranted);
        Assert.False(await platform.OpensAsync(lost.Access));
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, lost.Refresh)).Error);
        Assert.True((await platform.RenewAsync(app, again.Refresh)).IsGranted);
    }

    [Theory, MemberData(nameof(Engines)), Trait("attack", "57")]
    public async Task In_grace_mode_fifty_renewals_at_once_leave_one_living_branch(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine, tokens => tokens.RefreshMode = RefreshMode.Grace);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => platform.RenewAsync(app, first.Refresh)));

        var living = 0;
        foreach (var answer in answers.Where(answer => answer.IsGranted))
            living += await platform.OpensAsync(answer.Access) ? 1 : 0;
        Assert.Equal(1, living);
    }

    [Theory, MemberData(nameof(Engines)), Trait("attack", "56"), Trait("attack", "58")]
    public async Task Case_56_and_58_in_grace_mode_a_replay_after_the_successor_was_used_ends_the_family(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine, tokens => tokens.RefreshMode = RefreshMode.Grace);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        var second = await platform.RenewAsync(app, first.Refresh);
        var third = await platform.RenewAsync(app, second.Refresh);

        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, first.Refresh)).Error);
        Assert.False(await platform.OpensAsync(third.Access));
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, third.Refresh)).Error);
    }

    [Fact]
    public async Task In_legacy_mode_the_same_refresh_token_comes_back_with_what_is_left_of_its_life()
    {
        await using var platform = await PlatformUnderTest.StartAsync(tokens: tokens => tokens.RefreshMode = RefreshMode.Legacy);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        platform.Clock.Advance(TimeSpan.FromDays(1));

        var second = await platform.RenewAsync(app, first.Refresh);

        Assert.Equal((first.Refresh, "15465600"), (second.Refresh, second.Text("refresh_expires_in")));
        Assert.True((await platform.RenewAsync(app, first.Refresh)).IsGranted);
    }

    [Theory, MemberData(nameof(Engines)), Trait("attack", "66")]
    public async Task Nothing_lives_on_when_a_revocation_meets_renewals(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        for (var round = 0; round < Volume.Of(5, 1_000); round++)
        {
            var grant = await platform.GrantAsync(app, ada);
            var renewal = platform.RenewAsync(app, grant.Refresh);
            await platform.RevokeAsync(app, grant.Access);

            var answer = await renewal;
            Assert.False(answer.IsGranted && await platform.OpensAsync(answer.Access));
        }
    }
}
