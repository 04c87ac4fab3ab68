using Holdfast.Platform.Permissions;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B4, case 89: "Remove access" in the wrong hands, twice, and in the middle of a renewal. The webhook comes with webhooks.</summary>
public sealed class RemovalAttacks
{
    private const string Remove = "/settings/apps/remove";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_89_another_persons_grant_is_not_there_and_one_that_never_was_looks_the_same(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada, mallory) = (await platform.AppAsync(), await platform.PersonAsync("ada"), await platform.PersonAsync("mallory"));
        var (adas, _) = (await platform.GrantAsync(app, ada), await platform.GrantAsync(app, mallory));
        var id = (await platform.Service<ConnectedApps>().ListAsync(ada.Id, CancellationToken.None))[0].Id;
        using var browser = await platform.SignedInVisitorAsync("mallory");
        var page = await browser.OpenAsync("/settings/apps");

        var (foreign, unknown) = (await browser.SubmitAsync(page, Remove, ("id", id)), await browser.SubmitAsync(page, Remove, ("id", "01hzzzzzzzzzzzzzzzzzzzzzzz")));

        Assert.Equal((404, 404), (foreign.Status, unknown.Status));
        Assert.Equal(unknown.Body, foreign.Body);
        Assert.True(await platform.OpensAsync(adas.Access));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_89_a_second_removal_changes_nothing_and_is_written_down_once(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var grant = await platform.GrantAsync(app, ada);
        using var browser = await platform.SignedInVisitorAsync("ada");
        var page = await browser.OpenAsync("/settings/apps");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SubmitAsync(page, Remove)));

        Assert.All(answers, answer => Assert.Equal((303, "/settings/apps?removed"), (answer.Status, answer.Location)));
        Assert.False(await platform.OpensAsync(grant.Access));
        Assert.Equal([1L], await platform.Database.ReadAsync(session => session.ListAsync<long>("select reason from authorization_event where kind = 'removed'")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_89_a_removal_during_renewals_leaves_no_token_alive(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var apps = platform.Service<ConnectedApps>();
        for (var round = 0; round < 10; round++)
        {
            var grants = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => platform.GrantAsync(app, ada)));
            var id = (await apps.ListAsync(ada.Id, CancellationToken.None))[0].Id;

            var renewals = Task.WhenAll(grants.Select(grant => platform.RenewAsync(app, grant.Refresh)));
            await apps.RemoveAsync(new DefaultHttpContext(), ada.Id, id);

            foreach (var reply in (await renewals).Concat(grants).Where(reply => reply.IsGranted))
            {
                Assert.False(await platform.OpensAsync(reply.Access));
                Assert.Equal("invalid_grant", (await platform.RenewAsync(app, reply.Refresh)).Error);
            }
        }
    }
}
