using Holdfast.People.Letters;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>B5, cases 93 and 94: what weighs is asked for twice and told; a secret is seen once.</summary>
public sealed class CredentialsSpecs
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(11);

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_94_both_secrets_work_until_the_end_time_and_then_the_old_one_does_not(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        var ada = await platform.PersonAsync("ada");

        var shown = await dev.SendAsync(app, "/credentials", "/credentials/rotate", ("overlap", "24"));
        var fresh = await dev.RegisteredAsync(shown);
        Assert.NotEqual(app.ClientSecret, fresh.ClientSecret);
        foreach (var page in (string[])["", "/credentials", "/audit", "/audit.json", "/review"])
            Assert.DoesNotContain(fresh.ClientSecret, (await dev.GetAsync(app, page)).Body, StringComparison.Ordinal);

        platform.Clock.Advance(TimeSpan.FromHours(23.9));
        foreach (var client in new[] { app, fresh })
        {
            var granted = await platform.GrantAsync(client, ada);
            Assert.True(granted.IsGranted);
            Assert.True((await platform.RenewAsync(client, granted.Refresh)).IsGranted);
            Assert.Equal(200, (await platform.TokenAsync(("client_key", client.ClientKey), ("client_secret", client.ClientSecret), ("grant_type", "client_credentials"))).Status);
        }

        platform.Clock.Advance(TimeSpan.FromHours(0.2));
        Assert.Equal("invalid_client", (await platform.RenewAsync(app, "rft.x")).Error);
        Assert.Equal("invalid_client", (await platform.RevokeAsync(app, "act.x")).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(fresh, "rft.x")).Error);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_94_at_most_two_are_live_and_the_emergency_ends_the_old_one_at_once(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var first = await dev.ConnectAsync();
        var second = await dev.RegisteredAsync(await dev.SendAsync(first, "/credentials", "/credentials/rotate", ("overlap", "168")));

        var third = await dev.SendAsync(first, "/credentials", "/credentials/rotate", ("overlap", "1"));
        Assert.Equal(422, third.Status);
        Assert.Contains("Two secrets are live already", third.Text, StringComparison.Ordinal);
        Assert.IsType<RotateResult.TwoAreLive>(await platform.Service<RotateSecret>().RunAsync(await dev.IdAsync(), first.Id, TimeSpan.FromHours(1)));

        Assert.Equal(303, (await dev.SendAsync(first, "/credentials", "/credentials/end-old")).Status);
        Assert.Equal("invalid_client", (await platform.RenewAsync(first, "rft.x")).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(second, "rft.x")).Error);

        await dev.RegisteredAsync(await dev.SendAsync(first, "/credentials", "/credentials/rotate", ("overlap", "24")));
        var last = await dev.RegisteredAsync(await dev.SendAsync(first, "/credentials", "/credentials/rotate", ("overlap", "0")));
        Assert.Equal("invalid_client", (await platform.RenewAsync(second, "rft.x")).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(last, "rft.x")).Error);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_93_a_secret_a_redirect_or_a_scope_of_a_live_app_takes_proof_and_is_logged_and_mailed(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        await dev.SaveRedirectsAsync(app, "http://127.0.0.1:*/moved/");
        // The log-in is no longer young: a cookie alone does nothing.
        platform.Clock.Advance(Later);

        foreach (var proof in (string[])["", "wrong password"])
        {
            Assert.Equal(422, (await dev.SendAsync(app, "/credentials", "/credentials/rotate", ("overlap", "0"), ("proof", proof))).Status);
            Assert.Equal(422, (await dev.SubmitAsync(app, ("proof", proof))).Status);
        }
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, "rft.x")).Error);
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
        Assert.Empty(await platform.Service<LetterBox>().ListAsync(10));

        Assert.Equal(303, (await dev.SubmitAsync(app, ("proof", PlatformUnderTest.Password))).Status);
        await dev.RegisteredAsync(await dev.SendAsync(app, "/credentials", "/credentials/rotate", ("overlap", "1"), ("proof", PlatformUnderTest.Password)));
        // Taking a scope away is a change as well.
        await dev.SendAsync(app, "/products", "/products", ("product", "LoginKit"), ("scope", Visitor.Untick));
        Assert.Equal(422, (await dev.SubmitAsync(app, ("proof", ""))).Status);

        var letters = (await platform.Service<LetterBox>().ListAsync(10)).OrderBy(letter => letter.Subject, StringComparer.Ordinal).ToList();
        Assert.Equal(["Kiln has a new Client Secret", "Kiln has changed"], letters.Select(letter => letter.Subject));
        Assert.All(letters, letter => Assert.Equal("dev@example.test", letter.Recipient));
        Assert.Contains("http://127.0.0.1:*/moved/", letters[1].Body, StringComparison.Ordinal);
        var log = (await dev.GetAsync(app, "/audit")).Page.QuerySelector("#audit")!.TextContent;
        Assert.Contains("+DesktopRedirect http://127.0.0.1:*/moved/", log, StringComparison.Ordinal);
        Assert.Contains("New Client Secret made", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nobody_is_sent_by_takes_no_proof()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        platform.Clock.Advance(Later);

        await dev.SendAsync(app, "", "", ("name", "Kiln two"));

        Assert.EndsWith("?done=approved", (await dev.SubmitAsync(app)).Location, StringComparison.Ordinal);
        Assert.Contains("Kiln two asks", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demos_secret_stays_what_its_guides_print()
    {
        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        await Holdfast.Platform.PlatformApp.SeedDemoAsync(demo.App);
        var owner = await demo.Database.ReadAsync(session => session.FirstAsync<string>("select owner_id from app where is_demo = true"));
        var id = await demo.Database.ReadAsync(session => session.FirstAsync<string>("select id from app where is_demo = true"));

        Assert.IsNotType<RotateResult.Rotated>(await demo.Service<RotateSecret>().RunAsync(owner!, id!, TimeSpan.Zero));
    }
}
