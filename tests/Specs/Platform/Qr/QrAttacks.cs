using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Qr;

/// <summary>Attack case 110, the Platform's side; the client's ticket is <c>Contract/QrClientSideSpecs</c>.</summary>
public sealed class QrAttacks
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact]
    public async Task Case_110_polling_faster_than_told_is_slowed_down_and_takes_no_code()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app);
        Assert.Equal("new", (await platform.PollNowAsync(app, drawn)).Status());
        await phone.SubmitAsync(await phone.OpenAsync(drawn.Path), Scanning.Answer, ("decision", "confirm"));

        var fast = await platform.PollNowAsync(app, drawn);

        Assert.Equal((429, "temporarily_unavailable", "Too many requests. Please slow down."), (fast.Status, fast.Error, fast.Text("error_description")));
        Assert.Equal("confirmed", (await platform.PollAsync(app, drawn)).Status());
    }

    [Fact]
    public async Task Case_110_another_apps_token_a_wrong_secret_and_an_unknown_token_learn_nothing()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, thief) = (await platform.AppAsync(), await platform.AppAsync("thief"));
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app);
        await phone.SubmitAsync(await phone.OpenAsync(drawn.Path), Scanning.Answer, ("decision", "confirm"));

        var (theft, unknown) = (await platform.PollAsync(thief, drawn), await platform.PollAsync(app, drawn with { Token = "QK7X2M9R4T8W1Z5C3V6B0N2H4J8L1P5D" }));
        Assert.Equal((400, "invalid_grant"), (theft.Status, theft.Error));
        Assert.Equal((theft.Status, theft.Error, theft.Text("error_description")), (unknown.Status, unknown.Error, unknown.Text("error_description")));
        Assert.Equal("invalid_client", (await platform.PollAsync(app with { ClientSecret = "no" }, drawn)).Error);
        Assert.Equal("confirmed", (await platform.PollAsync(app, drawn)).Status());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_110_a_session_that_signed_out_while_its_answer_was_on_the_way_confirms_nothing(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app);
        await phone.OpenAsync(drawn.Path);
        var open = await platform.Database.ReadAsync(session => session.FirstAsync<OpenRequest>("select id, person_id, session_digest from qr_request"));
        await platform.Database.WriteAsync(session => session.RunAsync("delete from session where digest = @SessionDigest", new { open!.SessionDigest }));

        Assert.False(await platform.Service<Holdfast.Platform.Qr.QrRequests>().AnswerAsync(open!.Id, open.PersonId, open.SessionDigest, "user.info.basic", null, TestContext.Current.CancellationToken));

        Assert.Equal("scanned", (await platform.PollAsync(app, drawn)).Status());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_110_ten_polls_at_once_and_ten_confirmations_at_once_make_one_code(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder => builder.Services.Configure<Holdfast.Platform.Qr.QrOptions>(options => options.PollEvery = TimeSpan.Zero));
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app);
        var page = await phone.OpenAsync(drawn.Path);

        var confirmations = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => phone.SubmitAsync(page, Scanning.Answer, ("decision", "confirm"))));
        var polls = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => platform.PollNowAsync(app, drawn)));

        Assert.Equal([200, .. Enumerable.Repeat(403, 9)], confirmations.Select(visit => visit.Status).Order());
        Assert.Single(polls, poll => poll.Status() == "confirmed");
        Assert.Equal(9, polls.Count(poll => poll.Status() == "utilised"));
        Assert.Equal(1, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from authorization_code")));
    }

    [Fact]
    public async Task Case_110_a_second_persons_scan_and_answer_are_refused_and_the_first_ones_ticket_stays()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        await platform.PersonAsync("bruno");
        using var ada = await platform.PhoneAsync("ada");
        using var bruno = await platform.PhoneAsync("bruno");
        var drawn = await platform.DrawAsync(app);
        var page = await ada.OpenAsync(drawn.Path);

        var second = await bruno.OpenAsync(drawn.Path.Replace("ticket-1", "ticket-2", StringComparison.Ordinal));
        Assert.Equal(403, second.Status);
        await ada.OpenAsync(drawn.Path.Replace("ticket-1", "ticket-3", StringComparison.Ordinal));
        Assert.Equal("ticket-1", (await platform.PollAsync(app, drawn)).Text("client_ticket"));
        Assert.Equal(200, (await ada.SubmitAsync(page, Scanning.Answer, ("decision", "confirm"))).Status);
    }

    [Fact]
    public async Task Case_110_the_answer_comes_from_the_session_that_saw_the_page_and_from_no_other_site()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        await platform.PersonAsync("bruno");
        using var phone = await platform.PhoneAsync("ada");
        using var laptop = await platform.PhoneAsync("ada");
        using var bruno = await platform.PhoneAsync("bruno");
        var (drawn, brunos) = (await platform.DrawAsync(app), await platform.DrawAsync(app));
        var page = await phone.OpenAsync(drawn.Path);
        var id = page.Page.QuerySelector("input[name=request]")!.GetAttribute("value")!;

        // Bruno's own page with Ada's id in its form.
        Assert.Equal(403, (await bruno.SubmitAsync(await bruno.OpenAsync(brunos.Path), Scanning.Answer, ("decision", "confirm"), ("request", id))).Status);
        Assert.Equal(400, (await phone.PostAsync(Scanning.Answer, ("decision", "confirm"), ("request", id))).Status);
        Assert.Equal("scanned", (await platform.PollAsync(app, drawn)).Status());

        // Ada again, elsewhere: the page she looks at last is the one that counts.
        await laptop.OpenAsync(drawn.Path);
        Assert.Equal(403, (await phone.SubmitAsync(page, Scanning.Answer, ("decision", "confirm"))).Status);
    }

    [Fact]
    public async Task Case_110_after_five_minutes_nothing_can_be_scanned_confirmed_or_taken()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var (unscanned, scanned, confirmed) = (await platform.DrawAsync(app), await platform.DrawAsync(app), await platform.DrawAsync(app));
        var page = await phone.OpenAsync(scanned.Path);
        await phone.SubmitAsync(await phone.OpenAsync(confirmed.Path), Scanning.Answer, ("decision", "confirm"));

        platform.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(403, (await phone.OpenAsync(unscanned.Path)).Status);
        Assert.Equal(403, (await phone.SubmitAsync(page, Scanning.Answer, ("decision", "confirm"))).Status);
        foreach (var drawn in new[] { unscanned, scanned, confirmed })
            Assert.Equal(("expired", ""), ((await platform.PollAsync(app, drawn)).Status(), (await platform.PollAsync(app, drawn)).Text("code")));
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from consent")));
    }

    [Fact]
    public async Task Case_110_the_page_shows_app_place_time_and_the_letters_to_compare_before_anything_is_granted()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync("living.room.tv");
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        platform.Http.DefaultRequestHeaders.UserAgent.ParseAdd("TvApp/3.1");
        var drawn = await platform.DrawAsync(app);

        var page = await phone.OpenAsync(drawn.Path);

        foreach (var shown in (string[])["living.room.tv", "Your own network", "2026-11-22 12:00 UTC", "TvApp/3.1", "signed in as @ada"])
            Assert.Contains(shown, page.Text, StringComparison.Ordinal);
        Assert.Equal(drawn.Link[^6..].Insert(3, " "), page.Page.QuerySelector("#compare")!.TextContent);
        Assert.NotNull(page.Page.QuerySelector("button[data-guard][value=confirm]"));

        await platform.Database.WriteAsync(session => session.RunAsync("update qr_request set address = '203.0.113.9'"));
        Assert.Contains("Another network (203.0.113.9)", (await phone.OpenAsync(drawn.Path)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_110_a_link_that_was_changed_opens_nothing()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var phone = await platform.PhoneAsync("ada");
        var drawn = await platform.DrawAsync(app);
        foreach (var ticket in (string[])["", "<script>alert(1)</script>", "a b", new('t', 512)])
            Assert.Equal(403, (await phone.OpenAsync(drawn.Path.Replace("ticket-1", Uri.EscapeDataString(ticket), StringComparison.Ordinal))).Status);
        Assert.Equal(403, (await phone.OpenAsync("/qr?q=nothing&client_ticket=t")).Status);
        Assert.Equal(403, (await phone.OpenAsync("/qr")).Status);
        Assert.Equal("new", (await platform.PollAsync(app, drawn)).Status());
    }

    private sealed record OpenRequest
    {
        public string Id { get; init; } = "";
        public string PersonId { get; init; } = "";
        public string SessionDigest { get; init; } = "";
    }
}
