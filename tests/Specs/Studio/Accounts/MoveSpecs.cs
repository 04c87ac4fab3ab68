using System.Net;
using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenario O16: the app moves from its sandbox's key to production's.</summary>
public sealed class MoveSpecs : ConnectingStudio
{
    private const string Page = "/accounts/sign-in-again";

    [Fact, Trait("scenario", "O16"), Trait("scenario", "R27")]
    public async Task O16_another_client_key_asks_nobody_anything_until_the_owner_moves_the_accounts_and_then_each_signs_in_once_with_its_schedule_kept()
    {
        var id = IdOf(await ConsentAsync(Ada));
        var dueAt = studio.Clock.GetUtcNow().AddDays(2);
        var post = await studio.PostAsync(dueAt, connectionId: id);
        await MoveToAsync("awproduction0001");
        studio.Clock.Advance(TimeSpan.FromHours(20));
        await RenewDueAsync();

        // TikTok would call it a lost grant; it is not even asked, and nothing is marked.
        Assert.Equal((0, "live"), (tiktok.Renewals, (await RowAsync(id)).State));
        var open = Assert.Single(await studio.Service<IncidentStore>().OpenAsync());
        Assert.Equal((Incident.AppChanged, 1), (open.Cause, open.Felt));
        Assert.NotNull((await studio.PageAsync("/")).QuerySelector($"#incidents a[href='{Page}']"));
        Assert.Contains("Ada", (await studio.PageAsync(Page)).QuerySelector("#strange")!.TextContent, StringComparison.Ordinal);

        using (var moved = await studio.PostAsync(Page, Page))
            Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
        Assert.Equal(("needs-sign-in", nameof(NeedsSignInReason.OtherAppIssued)), ((await RowAsync(id)).State, (await RowAsync(id)).StateReason));
        Assert.Equal(HoldReason.NeedsSignIn, (await studio.FindAsync(post)).Hold);
        Assert.NotNull((await studio.PageAsync(Page)).QuerySelector($"#again-{id} a[data-connect]"));
        Assert.Empty(await studio.Database.ReadAsync(session => session.ListAsync<string>("select id from notice where kind = 'NeedsSignIn'")));

        // The other app knows the same person by another open_id.
        Assert.Equal(id, IdOf(await ConsentAsync(new FakeAccount("open-ada-production", "Ada"), $"{Start}?connection={id}")));
        Assert.Equal(("live", "open-ada-production"), ((await RowAsync(id)).State, (await RowAsync(id)).OpenId));
        var resumed = await studio.FindAsync(post);
        Assert.Equal((PostState.Scheduled, dueAt), (resumed.State, resumed.DueAt));
        Assert.Empty(await studio.Service<IncidentStore>().OpenAsync());
        Assert.Null((await studio.PageAsync(Page)).QuerySelector("#waiting, #strange"));
    }

    [Fact, Trait("scenario", "O16")]
    public async Task O16_an_account_that_was_connected_beside_it_meanwhile_makes_room_when_it_is_disconnected()
    {
        var id = IdOf(await ConsentAsync(Ada));
        await MoveToAsync("awproduction0001");
        var production = new FakeAccount("open-ada-production", "Ada");
        var beside = IdOf(await ConsentAsync(production));
        using var moved = await studio.PostAsync(Page, Page);
        var told = await studio.PageAsync(await ConsentAsync(production, $"{Start}?connection={id}"));
        Assert.Contains("connected here already", told.QuerySelector("#connect-result")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/accounts/{beside}", told.QuerySelector("#beside")!.GetAttribute("href"));
        await studio.Service<Disconnect>().RunAsync((await RowAsync(beside)).WorkspaceId, beside, "owner");

        Assert.Equal(id, IdOf(await ConsentAsync(production, $"{Start}?connection={id}")));

        Assert.Equal(("live", "open-ada-production"), ((await RowAsync(id)).State, (await RowAsync(id)).OpenId));
        Assert.Equal("disconnected", (await RowAsync(beside)).State);
    }

    [Fact, Trait("scenario", "O16"), Trait("scenario", "O1")]
    public async Task O16_somebody_elses_name_is_not_taken_for_the_moved_account()
    {
        var id = IdOf(await ConsentAsync(Ada));
        await MoveToAsync("awproduction0001");
        using var moved = await studio.PostAsync(Page, Page);

        var target = await ConsentAsync(new FakeAccount("open-bruno-production", "Bruno"), $"{Start}?connection={id}");

        Assert.StartsWith("/accounts?attempt=", target, StringComparison.Ordinal);
        Assert.Equal(("needs-sign-in", Ada.OpenId), ((await RowAsync(id)).State, (await RowAsync(id)).OpenId));
    }

    [Fact, Trait("scenario", "O16")]
    public async Task O16_the_former_key_put_back_heals_everything_without_a_person()
    {
        var id = IdOf(await ConsentAsync(Ada));
        await MoveToAsync("awproduction0001");
        studio.Clock.Advance(TimeSpan.FromHours(20));
        await RenewDueAsync();
        await MoveToAsync(FakeTikTok.ClientKey);
        studio.Clock.Advance(TimeSpan.FromMinutes(20));
        await RenewDueAsync();

        Assert.Equal((1, "live"), (tiktok.Renewals, (await RowAsync(id)).State));
        Assert.Empty(await studio.Service<IncidentStore>().OpenAsync());
    }

    private Task MoveToAsync(string key)
    {
        tiktok.Key = key;
        return studio.Service<StudioTikTok>().SaveAsync(TikTokEndpoints.At(new Uri("http://localhost:1")), new ClientCredentials(key, new ClientSecret(FakeTikTok.ClientSecret)));
    }

    private async Task RenewDueAsync()
    {
        while (await studio.Service<RenewDue>().RunDueAsync(CancellationToken.None))
        {
        }
    }
}
