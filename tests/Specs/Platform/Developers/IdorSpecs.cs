using Holdfast.Platform.Developers;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>B5, case 91: an app of somebody else is not there, by whatever door.</summary>
public sealed class IdorSpecs
{
    private const string Below = "/developers/apps/{id}";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_91_every_endpoint_on_an_app_is_404_for_another_organizations_member_and_the_try_is_logged(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        using var mallory = await Developer.SignUpAsync(platform, "mallory");
        var app = await dev.ConnectAsync();
        var sandbox = await dev.RegisteredAsync(await dev.SendAsync(app, "/sandboxes", "/sandboxes", ("name", "Trial"), ("from", app.Id)));
        var own = await mallory.ConnectAsync("Own");
        var token = (await mallory.GetAsync(own)).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var before = await StateAsync(platform);

        // Every one that is mapped, also by features to come.
        var doors = platform.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(door => door.RoutePattern.RawText?.TrimEnd('/').StartsWith(Below, StringComparison.Ordinal) is true)
            .SelectMany(door => (door.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []).Select(method => (Method: method, Path: door.RoutePattern.RawText!.TrimEnd('/'))))
            .Where(door => door.Method is "GET" or "POST").ToList();
        Assert.True(doors.Count > 20, $"Only {doors.Count} doors were found.");
        foreach (var victim in new[] { app, sandbox })
        {
            foreach (var (method, path) in doors)
            {
                var address = System.Text.RegularExpressions.Regex.Replace(path.Replace("{id}", victim.Id, StringComparison.Ordinal), @"\{[^}]+\}", "x");
                var answer = method == "GET" ? await mallory.Browser.GetAsync(address) : await mallory.Browser.PostAsync(address, Fields(token, app, sandbox));
                Assert.True(answer.Status == 404, $"{method} {address} answered {answer.Status}.");
            }
        }

        Assert.Equal(before, await StateAsync(platform));
        var log = (await dev.GetAsync(app, "/audit")).Page.QuerySelector("#audit")!.TextContent;
        Assert.Equal(1, log.Split("Somebody without rights tried").Length - 1);
        Assert.Contains("@mallory", log, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_91_an_id_in_the_body_opens_no_more_than_one_in_the_path(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        using var mallory = await Developer.SignUpAsync(platform, "mallory");
        var app = await dev.ConnectAsync();
        var sandbox = await dev.RegisteredAsync(await dev.SendAsync(app, "/sandboxes", "/sandboxes", ("name", "Trial"), ("from", app.Id)));
        var own = await mallory.ConnectAsync("Own");
        var ownSandbox = await mallory.RegisteredAsync(await mallory.SendAsync(own, "/sandboxes", "/sandboxes", ("name", "Mine"), ("from", "")));
        var organization = await platform.Service<Holdfast.Platform.Developers.Organizations.OrganizationStore>().MakeAsync(await dev.IdAsync(), "Kiln", CancellationToken.None);
        var token = (await mallory.GetAsync(own)).Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var before = await StateAsync(platform);

        foreach (var (path, fields) in new (string, (string, string)[])[]
        {
            ($"/developers/apps/{own.Id}/sandboxes", [("name", "Stolen"), ("from", app.Id)]),
            ($"/developers/apps/{own.Id}/sandboxes", [("name", "Stolen"), ("from", sandbox.Id)]),
            ($"/developers/apps/{own.Id}/sandboxes/import", [("sandbox", sandbox.Id)]),
            ($"/developers/apps/{own.Id}/sandboxes/delete", [("sandbox", sandbox.Id)]),
            ($"/developers/apps/{own.Id}/sandboxes/delete", [("sandbox", own.Id)]),
            ($"/developers/apps/{ownSandbox.Id}/sandboxes/targets/remove", [("person", await dev.IdAsync())]),
            ($"/developers/apps/{own.Id}/transfer", [("organization", organization!)]),
            ("/developers/organizations/invitations", [("invitation", "x"), ("answer", "accept")]),
            ($"/developers/organizations/{organization}/transfer", [("app", app.Id), ("answer", "accept")]),
            ($"/developers/organizations/{organization}/invite", [("whom", "mallory")]),
            ($"/developers/organizations/{organization}/cancel", [("invitation", "x")]),
            ($"/developers/organizations/{organization}/remove", [("person", await dev.IdAsync())]),
            ($"/developers/organizations/{organization}/role", [("person", await mallory.IdAsync()), ("role", "admin")]),
            ($"/developers/organizations/{organization}/leave", []),
            ($"/developers/organizations/{organization}/delete", []),
        })
        {
            var answer = await mallory.Browser.PostAsync(path, [("__RequestVerificationToken", token), .. fields]);
            Assert.True(answer.Status == 404, $"{path} answered {answer.Status}.");
        }
        Assert.Equal(422, (await mallory.Browser.PostAsync("/developers/apps", ("__RequestVerificationToken", token), ("name", "Theirs"), ("desktop", "http://127.0.0.1:*/cb/"), ("owner", organization!))).Status);
        Assert.Equal(404, (await mallory.Browser.GetAsync($"/developers/organizations/{organization}")).Status);
        Assert.Equal(before, await StateAsync(platform));
    }

    private static (string, string)[] Fields(string token, RegisteredApp app, RegisteredApp sandbox) =>
    [
        ("__RequestVerificationToken", token), ("name", "Taken"), ("desktop", "http://127.0.0.1:*/taken/"), ("product", "LoginKit"), ("overlap", "0"), ("sure", "true"),
        ("sandbox", sandbox.Id), ("from", app.Id), ("person", app.Id), ("organization", app.Id), ("proof", PlatformUnderTest.Password), ("explanation", "x"),
    ];

    /// <summary>Everything about apps, except who tried.</summary>
    private static Task<string> StateAsync(PlatformUnderTest platform) => platform.Database.ReadAsync(async session => string.Join('\n',
    [
        .. await session.ListAsync<string>("select id || name || client_key || review_state || coalesce(organization_id, '') || coalesce(disabled_at, 0) || coalesce(previous_secret_ends_at, 0) from app order by id"),
        .. (await session.ListAsync<byte[]>("select secret_digest from app order by id")).Select(Convert.ToHexString),
        .. await session.ListAsync<string>("select app_id || uri from app_redirect order by app_id, uri"),
        .. await session.ListAsync<string>("select app_id || scope from app_scope order by app_id, scope"),
        .. await session.ListAsync<string>("select app_id || document from app_draft order by app_id"),
        .. await session.ListAsync<string>("select app_id || organization_id from app_transfer order by app_id"),
        .. await session.ListAsync<string>("select organization_id || person_id || role from organization_member order by person_id"),
        .. await session.ListAsync<string>("select id from organization_invitation order by id"),
        .. await session.ListAsync<string>("select app_id || person_id from target_user order by app_id"),
    ]));
}
