using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Faults;

/// <summary>Faults for one app, one account, one grant: everybody else meets none.</summary>
public sealed class FaultForWhomSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_fault_for_one_account_leaves_the_other_alone_whatever_it_shows(Engine engine)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync(engine);
        var (app, ada, bruno) = (await platform.AppAsync(), await platform.PersonAsync("ada"), await platform.PersonAsync("bruno"));
        var (adas, brunos) = (await platform.GrantAsync(app, ada), await platform.GrantAsync(app, bruno));
        var (adasCode, brunosCode) = (await platform.CodeAsync(app, ada), await platform.CodeAsync(app, bruno));
        await platform.FailAsync(new { place = "oauth", status = 503, account = "@Ada", @for = "1h" });

        Assert.True((await platform.RenewAsync(app, brunos.Refresh)).IsGranted);
        Assert.True((await platform.RedeemAsync(app, brunosCode)).IsGranted);
        Assert.Equal(200, (await platform.RevokeAsync(app, brunos.Access)).Status);
        Assert.Equal(503, (await platform.RenewAsync(app, adas.Refresh)).Status);
        Assert.Equal(503, (await platform.RedeemAsync(app, adasCode)).Status);
        Assert.Equal(503, (await platform.RevokeAsync(app, adas.Access)).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_fault_for_one_app_leaves_the_other_alone_at_every_kind_of_endpoint(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        var other = await app.Platform.AppAsync("other");
        var theirs = await app.Platform.GrantAsync(other, app.Creator, ConnectedApp.AllScopes);
        var clip = ConnectedApp.Clip();
        var begun = await app.InitAsync(clip.Length);
        await app.Platform.FailAsync(new { place = "all", status = 500, client_key = app.App.ClientKey, @for = "1h" });

        Assert.True((await app.Platform.RenewAsync(other, theirs.Refresh)).IsGranted);
        Assert.Equal(500, (await app.UserInfoAsync()).Status);
        Assert.Equal(500, (await app.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}")).Status);
        Assert.Equal(500, (await app.Platform.RenewAsync(app.App, "rft.any")).Status);
        app.Token = theirs.Access;
        Assert.Equal(200, (await app.UserInfoAsync()).Status);
    }

    [Fact]
    public async Task A_fault_for_renewals_lets_codes_be_exchanged_and_the_other_way_round()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        await platform.FailAsync(new { place = "renewal", times = 1 });
        var first = await platform.GrantAsync(app, ada);
        Assert.True(first.IsGranted);
        Assert.Equal(503, (await platform.RenewAsync(app, first.Refresh)).Status);

        await platform.FailAsync(new { place = "exchange", times = 1 });

        Assert.True((await platform.RenewAsync(app, first.Refresh)).IsGranted);
        Assert.Equal(503, (await platform.GrantAsync(app, ada)).Status);
    }

    [Fact]
    public async Task What_asks_who_calls_reads_the_form_and_leaves_it_to_the_endpoint_however_it_is_sent()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        await platform.PersonAsync("bruno");
        await platform.FailAsync(new { place = "token", account = "bruno", @for = "1h" });

        Assert.True((await platform.GrantAsync(app, ada)).IsGranted);
        using var huge = new StringContent("client_key=" + new string('x', 100_000), System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await platform.Http.PostAsync("/v2/oauth/token/", huge);
        Assert.Equal(413, (int)answer.StatusCode);
    }

    [Fact]
    public async Task When_an_account_goes_its_faults_go_and_never_become_everybodys()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await ConnectedApp.CreatorAsync(app.Platform, "bruno");
        await app.Platform.FailAsync(new { place = "all", account = "bruno", @for = "1h" });

        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/bruno/delete");

        Assert.Equal(200, (await app.UserInfoAsync()).Status);
        Assert.Empty((await app.Platform.GetAsync("/faults")).Json.GetProperty("faults").EnumerateArray());
    }

    [Theory]
    [InlineData("""{"place":"nowhere"}""", "place")]
    [InlineData("""{"kind":"magic"}""", "kind")]
    [InlineData("""{"status":99}""", "status")]
    [InlineData("""{"status":"many"}""", "status")]
    [InlineData("""{"kind":"html","status":200}""", "status")]
    [InlineData("""{"code":"not a word"}""", "code")]
    [InlineData("""{"times":0}""", "times")]
    [InlineData("""{"for":"soon"}""", "for")]
    [InlineData("""{"delay":"11m"}""", "delay")]
    [InlineData("""{"retry_after":-1}""", "retry_after")]
    [InlineData("""{"client_key":"nobody"}""", "client_key")]
    [InlineData("""{"account":"nobody"}""", "accounts")]
    [InlineData("""{"tiems":3}""", "tiems")]
    [InlineData("""{"place":{"a":1}}""", "JSON object")]
    [InlineData("[]", "JSON object")]
    public async Task A_fault_that_makes_no_sense_is_refused_with_what_to_do(string json, string says)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();

        var refused = await platform.ConsoleAsync(HttpMethod.Post, "/faults", json);

        Assert.Equal(400, refused.Status);
        Assert.Contains(says, refused.Error, StringComparison.OrdinalIgnoreCase);
    }
}
