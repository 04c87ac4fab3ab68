using Holdfast.Specs.Contract;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Qr;

public sealed class QrSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_device_is_let_in_by_a_phone_that_scans_and_confirms(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync("tv", Attacks.Victim.WebRedirect, Holdfast.Platform.Authorize.RedirectPlatform.Web);
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app, "user.info.basic,video.list,video.publish");
        Assert.Equal(("new", ""), Short(await platform.PollAsync(app, drawn)));

        var page = await phone.OpenAsync(drawn.Path);
        Assert.Equal(("scanned", "ticket-1"), Short(await platform.PollAsync(app, drawn)));
        var done = await phone.SubmitAsync(page, Scanning.Answer, ("decision", "confirm"), ("scope", "video.list"));
        var confirmed = await platform.PollAsync(app, drawn);

        Assert.Equal(200, done.Status);
        Assert.Equal(("confirmed", "ticket-1", "n7f3"), (confirmed.Status(), confirmed.Text("client_ticket"), confirmed.Text("state")));
        Assert.Equal($"{Attacks.Victim.WebRedirect}?code={Uri.EscapeDataString(confirmed.Text("code"))}", confirmed.Text("redirect_uri"));
        var tokens = await platform.RedeemAsync(app, confirmed.Text("code"), verifier: null, redirect: confirmed.Text("redirect_uri").Split('?')[0]);
        Assert.Equal("user.info.basic,video.list", tokens.Text("scope"));
        Assert.Equal(("utilised", "ticket-1"), Short(await platform.PollAsync(app, drawn)));
    }

    [Fact]
    public async Task A_phone_that_is_not_signed_in_signs_in_first_and_comes_back()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = platform.Visitor();
        var drawn = await platform.DrawAsync(app);

        var login = await phone.OpenAsync(drawn.Path);
        var back = await phone.SubmitAsync(login, "/login", ("username", "ada"), ("password", PlatformUnderTest.Password));
        var page = await phone.OpenAsync(back.Location!);

        Assert.Equal(drawn.Path, back.Location);
        Assert.NotNull(page.Page.QuerySelector("button[data-guard][value=confirm]"));
        Assert.Equal("new", (await platform.PollAsync(app, await platform.DrawAsync(app))).Status());
    }

    [Fact]
    public async Task A_refusal_grants_nothing_and_tells_the_device_to_begin_anew()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app);

        await phone.SubmitAsync(await phone.OpenAsync(drawn.Path), Scanning.Answer, ("decision", "refuse"));

        Assert.Equal(("expired", ""), Short(await platform.PollAsync(app, drawn)));
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from consent")));
    }

    [Fact]
    public async Task What_was_not_asked_or_not_ticked_is_not_granted()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app, "video.list");
        var page = await phone.OpenAsync(drawn.Path);

        var nothing = await phone.SubmitAsync(page, Scanning.Answer, ("decision", "confirm"), ("scope", "video.publish"));
        Assert.Equal(422, nothing.Status);
        await phone.SubmitAsync(page, Scanning.Answer, ("decision", "confirm"), ("scope", "video.publish"), ("scope", "video.list"));

        var code = (await platform.PollAsync(app, drawn)).Text("code");
        Assert.Equal("video.list", (await platform.RedeemAsync(app, code, verifier: null, redirect: "http://127.0.0.1:65535/callback/")).Text("scope"));
    }

    [Fact]
    public async Task Only_apps_that_exist_get_a_code_and_only_for_scopes_they_have()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        (string, string?) key = ("client_key", app.ClientKey);
        async Task<(int, string)> AskAsync(params (string, string?)[] fields)
        {
            var answer = await platform.PostAsync("/v2/oauth/get_qrcode/", fields);
            return (answer.Status, answer.Error);
        }

        Assert.Equal((401, "invalid_client"), await AskAsync(("client_key", "sbawnobody"), ("scope", "user.info.basic")));
        Assert.Equal((400, "invalid_request"), await AskAsync(("scope", "user.info.basic")));
        Assert.Equal((400, "invalid_scope"), await AskAsync(key));
        Assert.Equal((400, "invalid_scope"), await AskAsync(key, ("scope", "user.info.basic,made.up")));
        Assert.Equal((400, "invalid_request"), await AskAsync(key, ("scope", "user.info.basic"), ("state", new string('s', 5_000))));
        Assert.Equal((400, "invalid_request"), await AskAsync(key, ("scope", "user.info.basic"), ("scope", "video.list")));
        for (var times = 0; times < 60; times++)
            await platform.DrawAsync(app);
        Assert.Equal((429, "temporarily_unavailable"), await AskAsync(key, ("scope", "user.info.basic")));
    }

    [Fact]
    public async Task The_link_can_begin_as_TikToks_does()
    {
        await using var platform = await PlatformUnderTest.StartAsync(configure: builder => builder.Services.Configure<Holdfast.Platform.Qr.QrOptions>(options => options.Link = "aweme://authorize"));
        var app = await platform.AppAsync();

        var answer = await platform.PostAsync("/v2/oauth/get_qrcode/", ("client_key", app.ClientKey), ("scope", "user.info.basic"));

        Assert.StartsWith($"aweme://authorize?authType=100&client_key={app.ClientKey}&client_ticket=tobefilled&scope=user.info.basic&q=", answer.Text("scan_qrcode_url"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("made")]
    [InlineData("scope-refused")]
    [InlineData("new")]
    [InlineData("scanned")]
    [InlineData("confirmed")]
    [InlineData("utilised")]
    [InlineData("expired")]
    [InlineData("secret-wrong")]
    public async Task The_two_calls_answer_as_the_contract_says(string name)
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app);
        var page = name is "scanned" or "confirmed" or "utilised" ? await phone.OpenAsync(drawn.Path) : null;
        if (name is "confirmed" or "utilised")
            await phone.SubmitAsync(page!, Scanning.Answer, ("decision", "confirm"));
        if (name is "utilised")
            await platform.PollAsync(app, drawn);
        platform.Clock.Advance(name is "expired" ? TimeSpan.FromMinutes(5) : TimeSpan.FromSeconds(1));
        var values = new Dictionary<string, string>
        {
            ["client_key"] = app.ClientKey,
            ["client_secret"] = app.ClientSecret,
            ["wrong_client_secret"] = "no",
            ["state"] = "n7f3",
            ["client_ticket"] = "ticket-1",
            ["qr_token"] = drawn.Token,
        };
        var file = ContractFile.Load($"qr/{name}");

        using var answer = await platform.Http.SendAsync(file.Request.ToMessage(platform.Http.BaseAddress!, values));
        if (name is "made")
            values.Remove("qr_token");

        Assert.Empty(file.Response.Differences(answer, await answer.Content.ReadAsStringAsync(), values));
    }

    private static (string, string) Short(TokenReply answer) => (answer.Status(), answer.Text("client_ticket"));
}
