using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Permissions;

public sealed class RemoveAccessSpecs
{
    private const string Remove = "/settings/apps/remove";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Removing_access_ends_every_token_of_the_app_for_this_account_and_writes_down_why(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, other) = (await platform.AppAsync(), await platform.AppAsync("other"));
        var (ada, bruno) = (await platform.PersonAsync("ada"), await platform.PersonAsync("bruno"));
        var (desk, phone) = (await platform.GrantAsync(app, ada), await platform.GrantAsync(app, ada));
        var (elsewhere, brunos) = (await platform.GrantAsync(other, ada), await platform.GrantAsync(app, bruno));
        var unused = await platform.CodeAsync(app, ada);
        using var browser = await platform.SignedInVisitorAsync("ada");

        var page = await browser.OpenAsync("/settings/apps");
        var id = page.Page.QuerySelectorAll("section").Single(card => card.QuerySelector("h2")?.TextContent == "pottery").QuerySelector("input[name=id]")!.GetAttribute("value")!;
        Assert.Equal(303, (await browser.SubmitAsync(page, Remove, ("id", id))).Status);
        Assert.Equal(303, (await browser.SubmitAsync(page, Remove, ("id", id))).Status);

        Assert.False(await platform.OpensAsync(desk.Access));
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, desk.Refresh)).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, phone.Refresh)).Error);
        Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, unused)).Error);
        Assert.True(await platform.OpensAsync(elsewhere.Access));
        Assert.True(await platform.OpensAsync(brunos.Access));
        Assert.DoesNotContain("pottery", (await browser.OpenAsync("/settings/apps")).Text, StringComparison.Ordinal);
        Assert.Equal([1L], await platform.Database.ReadAsync(session => session.ListAsync<long>("select reason from authorization_event where kind = 'removed' and person_id = @Id", new { ada.Id })));
    }

    [Fact]
    public async Task Somebody_elses_consent_is_not_there()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        await platform.PersonAsync("mallory");
        var adas = await platform.GrantAsync(app, ada);
        var id = await platform.Database.ReadAsync(session => session.FirstAsync<string>("select id from consent"));
        using var browser = await platform.SignedInVisitorAsync("mallory");
        var mallorys = await platform.Service<Holdfast.People.PeopleStore>().FindByUserNameAsync("mallory");
        await platform.GrantAsync(app, mallorys!);

        var answer = await browser.SubmitAsync(await browser.OpenAsync("/settings/apps"), Remove, ("id", id!));

        Assert.Equal(404, answer.Status);
        Assert.True(await platform.OpensAsync(adas.Access));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task After_removal_the_account_keeps_its_open_id_when_it_connects_again_and_old_tokens_stay_dead(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, other, ada) = (await platform.AppAsync(), await platform.AppAsync("other"), await platform.PersonAsync("ada"));
        var before = await platform.GrantAsync(app, ada);
        await platform.RevokeAsync(app, before.Access);

        var after = await platform.GrantAsync(app, ada);

        Assert.Equal(before.Text("open_id"), after.Text("open_id"));
        Assert.NotEqual(before.Text("open_id"), (await platform.GrantAsync(other, ada)).Text("open_id"));
        Assert.False(await platform.OpensAsync(before.Access));
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, before.Refresh)).Error);
        Assert.True(await platform.OpensAsync(after.Access));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Last_use_is_the_last_call_or_renewal_and_calls_are_written_down_once_a_minute(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        await platform.Service<Holdfast.Platform.SignIn.CreatorAccounts>().EnsureCreatorAsync(ada.Id);
        var apps = platform.Service<Holdfast.Platform.Permissions.ConnectedApps>();
        var grant = await platform.GrantAsync(app, ada);
        var start = platform.Clock.GetUtcNow();
        Assert.Equal(start, await LastAsync());

        platform.Clock.Advance(TimeSpan.FromMinutes(5));
        await CallAsync();
        Assert.Equal(start.AddMinutes(5), await LastAsync());
        platform.Clock.Advance(TimeSpan.FromSeconds(59));
        await CallAsync();
        Assert.Equal(start.AddMinutes(5), await LastAsync());
        platform.Clock.Advance(TimeSpan.FromSeconds(1));
        await CallAsync();
        Assert.Equal(start.AddMinutes(6), await LastAsync());
        platform.Clock.Advance(TimeSpan.FromHours(1));
        await platform.RenewAsync(app, grant.Refresh);
        Assert.Equal(start.AddMinutes(66), await LastAsync());

        async Task<DateTimeOffset?> LastAsync() => (await apps.ListAsync(ada.Id, CancellationToken.None))[0].LastUsedAt;
        async Task CallAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/user/info/?fields=open_id") { Headers = { Authorization = new("Bearer", grant.Access) } };
            using var answer = await platform.Http.SendAsync(request);
            Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task No_secret_is_found_in_the_database_only_digests()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var code = await platform.CodeAsync(app, ada);
        var grant = await platform.RedeemAsync(app, code);
        var file = Directory.GetFiles(platform.Folder, "*.db*").SelectMany(File.ReadAllBytes).ToArray();

        foreach (var secret in new[] { code, grant.Access, grant.Refresh, app.ClientSecret, PlatformUnderTest.Password })
            Assert.True(file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(secret)) < 0);
        Assert.True(file.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(app.ClientKey)) >= 0);
    }
}
