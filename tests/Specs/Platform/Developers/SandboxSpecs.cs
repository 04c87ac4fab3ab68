using Holdfast.Platform.Developers;
using Holdfast.Platform.Developers.Sandboxes;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>Portal §2.5 and §1.6's first row: a sandbox is for its target users alone.</summary>
public sealed class SandboxSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Only_who_agreed_to_it_can_sign_in_and_only_until_taken_off_the_list(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        using var ada = await Developer.SignUpAsync(platform, "ada");
        var app = await dev.ConnectAsync();
        var sandbox = await MakeAsync(dev, app);
        Assert.StartsWith("sbaw", sandbox.ClientKey, StringComparison.Ordinal);
        Assert.Equal(18, sandbox.ClientKey.Length);

        var address = (await ada.Browser.GetAsync(AuthorizePages.Request(sandbox, ("scope", "user.info.basic")))).Location!;
        Assert.Contains("error=unauthorized_client&error_type=client_key&logid=", address, StringComparison.Ordinal);
        Assert.Contains("no target user", (await ada.AuthorizeAsync(sandbox)).Text, StringComparison.Ordinal);
        // Not even who made it.
        Assert.Contains("no target user", (await dev.AuthorizeAsync(sandbox)).Text, StringComparison.Ordinal);

        var link = await LinkAsync(dev, sandbox);
        var asked = await ada.Browser.GetAsync(link);
        Assert.Contains("Test Trial?", asked.Text, StringComparison.Ordinal);
        Assert.Equal(422, (await ada.Browser.SubmitAsync(asked, link)).Status);
        Assert.Contains("no target user", (await ada.AuthorizeAsync(sandbox)).Text, StringComparison.Ordinal);
        Assert.Contains("You are a target user", (await ada.Browser.SubmitAsync(asked, link, ("agree", "true"))).Text, StringComparison.Ordinal);
        Assert.Equal(404, (await dev.Browser.GetAsync(link)).Status);

        var consent = await ada.AuthorizeAsync(sandbox);
        Assert.Contains("Trial asks", consent.Text, StringComparison.Ordinal);
        Assert.Contains("being tested", consent.Text, StringComparison.Ordinal);
        var granted = await ada.Browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"));
        var tokens = await platform.RedeemAsync(sandbox, granted.Query["code"]);
        Assert.True(tokens.IsGranted);
        // The key of production buys nothing with it, and the other way round.
        Assert.Equal("invalid_client", (await platform.RenewAsync(app with { ClientSecret = sandbox.ClientSecret }, tokens.Refresh)).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, tokens.Refresh)).Error);

        var open = await ada.AuthorizeAsync(sandbox, ("disable_auto_auth", "1"));
        Assert.Equal(303, (await dev.SendAsync(sandbox, "/sandboxes", "/sandboxes/targets/remove")).Status);
        Assert.False(await platform.OpensAsync(tokens.Access));
        // A page that stood open is no way around the list.
        Assert.Equal(403, (await ada.Browser.SubmitAsync(open, AuthorizePages.Answer, ("decision", "authorize"))).Status);
        Assert.Contains("no target user", (await ada.AuthorizeAsync(sandbox)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_taken_off_the_list_while_they_agree_has_let_nobody_in()
    {
        if (DatabaseUnderTest.PostgresServer is null)
        {
            Assert.Skip("Needs the PostgreSQL that ./test starts.");
            return;
        }
        await using var platform = await PlatformUnderTest.StartAsync(Engine.PostgreSql);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var (me, ada, targets) = (await dev.IdAsync(), await platform.PersonAsync("ada"), platform.Service<TargetUsers>());
        var sandbox = await MakeAsync(dev, await dev.ConnectAsync());
        await targets.AcceptAsync(ada.Id, (await targets.InviteAsync(me, sandbox.Id, CancellationToken.None))!, CancellationToken.None);

        var both = await platform.Database.WriteAsync(async session =>
        {
            // What an agreement writes first: it stands in the middle, having looked at the list.
            await session.RunAsync("insert into app_account (app_id, person_id, open_id) values (@app, @person, 'o')", new { app = sandbox.Id, person = ada.Id });
            Task agreeing = platform.CodeAsync(sandbox, ada, "user.info.basic");
            await Race.UntilWaitingAsync(session, 1);
            Task removing = targets.RemoveAsync(me, sandbox.Id, ada.Id, CancellationToken.None);
            await Race.UntilWaitingAsync(session, 2, removing);
            return (Task[])[agreeing, removing];
        });
        await Task.WhenAll(both);

        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from consent where ended_at is null")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Five_sandboxes_and_ten_target_users_are_all(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        var (me, sandboxes, targets) = (await dev.IdAsync(), platform.Service<SandboxStore>(), platform.Service<TargetUsers>());

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => sandboxes.MakeAsync(me, app.Id, $"Trial {number}", "", CancellationToken.None)));
        Assert.Equal(5, made.OfType<SandboxResult.Made>().Count());
        Assert.All(made.OfType<SandboxResult.Refused>(), refused => Assert.Equal("sandboxes.too-many", refused.Problem.Text));
        Assert.IsType<SandboxResult.Made>(await AgainAsync());

        var sandbox = made.OfType<SandboxResult.Made>().Last().App;
        List<string> people = [];
        for (var number = 0; number < 12; number++)
            people.Add((await platform.PersonAsync($"person{number}")).Id);
        var results = await Task.WhenAll(people.Select(async person => await targets.AcceptAsync(person, (await targets.InviteAsync(me, sandbox.Id, CancellationToken.None))!, CancellationToken.None)));
        Assert.Equal(10, results.Count(result => result is TargetResult.Added));
        Assert.Equal(2, results.Count(result => result is TargetResult.Full));

        async Task<SandboxResult> AgainAsync()
        {
            Assert.True(await sandboxes.DeleteAsync(me, app.Id, made.OfType<SandboxResult.Made>().First().App.Id, CancellationToken.None));
            return await sandboxes.MakeAsync(me, app.Id, "Trial again", "", CancellationToken.None);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Changes_count_at_once_and_go_into_the_apps_draft_when_they_are_good(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        var sandbox = await MakeAsync(dev, app);
        Assert.Contains("http://127.0.0.1:*/callback/", (await dev.GetAsync(sandbox, "/redirects")).Body, StringComparison.Ordinal);
        var target = await platform.Service<TargetUsers>().InviteAsync(await dev.IdAsync(), sandbox.Id, CancellationToken.None);
        await platform.Service<TargetUsers>().AcceptAsync(await dev.IdAsync(), target!, CancellationToken.None);

        await dev.SaveRedirectsAsync(sandbox, "http://127.0.0.1:*/trial/");
        Assert.Contains("Trial asks", (await dev.AuthorizeAsync(sandbox, ("redirect_uri", "http://127.0.0.1:49152/trial/"))).Text, StringComparison.Ordinal);
        Assert.Contains("not registered", (await dev.AuthorizeAsync(app, ("redirect_uri", "http://127.0.0.1:49152/trial/"))).Text, StringComparison.Ordinal);

        Assert.EndsWith("?done=imported", (await dev.SendAsync(app, "/sandboxes", "/sandboxes/import")).Location, StringComparison.Ordinal);
        Assert.Contains("not registered", (await dev.AuthorizeAsync(app, ("redirect_uri", "http://127.0.0.1:49152/trial/"))).Text, StringComparison.Ordinal);
        await dev.SubmitAsync(app);
        var consent = await dev.AuthorizeAsync(app, ("redirect_uri", "http://127.0.0.1:49152/trial/"));
        Assert.Contains("Kiln asks", consent.Text, StringComparison.Ordinal);

        Assert.Equal(303, (await dev.SendAsync(app, "/sandboxes", "/sandboxes/delete")).Status);
        Assert.Contains("No app has this client_key", (await dev.AuthorizeAsync(sandbox)).Text, StringComparison.Ordinal);
        Assert.Equal("invalid_client", (await platform.RenewAsync(sandbox, "rft.x")).Error);
        Assert.Equal(404, (await dev.GetAsync(sandbox)).Status);
    }

    [Fact]
    public async Task A_link_lapses_after_an_hour_and_an_app_has_no_target_users()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        var sandbox = await MakeAsync(dev, app);
        var (me, targets) = (await dev.IdAsync(), platform.Service<TargetUsers>());

        Assert.Null(await targets.InviteAsync(me, app.Id, CancellationToken.None));
        var token = await targets.InviteAsync(me, sandbox.Id, CancellationToken.None);
        platform.Clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(TargetResult.Lapsed, await targets.AcceptAsync(me, token!, CancellationToken.None));
        Assert.DoesNotContain(token!, await platform.Database.ReadAsync(async session => string.Join(' ', (await session.ListAsync<byte[]>("select digest from target_invitation")).Select(Convert.ToBase64String))), StringComparison.Ordinal);
    }

    private static async Task<RegisteredApp> MakeAsync(Developer dev, RegisteredApp app) =>
        await dev.RegisteredAsync(await dev.SendAsync(app, "/sandboxes", "/sandboxes", ("name", "Trial"), ("from", app.Id)));

    private static async Task<string> LinkAsync(Developer dev, RegisteredApp sandbox) =>
        new Uri((await dev.SendAsync(sandbox, "/sandboxes", "/sandboxes/targets")).Page.QuerySelector("#target-link")!.TextContent).AbsolutePath;
}
