using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Accounts.Connect.Qr;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Connecting by QR code: O1's way out, and Studio's side of attack case 110.</summary>
public sealed class QrConnectSpecs : ConnectingStudio
{
    private const string Check = "/v2/oauth/check_qrcode/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact, Trait("scenario", "O1"), Trait("scenario", "O5")]
    public async Task Case_110_the_page_shows_letters_app_place_and_time_and_a_confirmed_scan_connects_once()
    {
        var (path, page) = await DrawAsync();
        Assert.Equal("ABC 001", page.QuerySelector("#qr-letters")!.TextContent);
        var facts = page.QuerySelector("#qr .facts")!.TextContent;
        Assert.Contains(FakeTikTok.ClientKey, facts, StringComparison.Ordinal);
        Assert.Contains("localhost", facts, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#qr .facts time"));
        Assert.NotNull(page.QuerySelector("svg.qr"));
        Assert.DoesNotContain("poll-1", page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        tiktok.Qr.Scan(LinkOn(page));
        Assert.NotNull((await LaterAsync(path)).QuerySelector("#qr-scanned"));
        tiktok.Qr.Confirm(tiktok.Consent(Ada));
        studio.Clock.Advance(QrStore.AskEvery);
        var (first, second) = (await TargetAsync(path), await TargetAsync(path));

        Assert.Equal(first, second);
        Assert.Equal("Ada", (await RowAsync(IdOf(first))).Name);
        var exchange = Assert.Single(tiktok.Calls, call => call.Path == "/v2/oauth/token/").Form;
        Assert.Equal("http://localhost:7400/registered/first/", exchange["redirect_uri"]);
        Assert.False(exchange.ContainsKey("code_verifier"));
    }

    [Fact]
    public async Task Case_110_TikTok_is_asked_at_its_pace_however_often_the_page_is_loaded()
    {
        var (path, _) = await DrawAsync();
        Assert.Equal(0, tiktok.Count(Check));
        studio.Clock.Advance(QrStore.AskEvery);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => StampAsync(path)));
        Assert.Equal(1, tiktok.Count(Check));

        tiktok.Fault = (asked, _, _) => Task.FromResult(asked == Check ? SlowDown() : null);
        studio.Clock.Advance(QrStore.AskEvery);
        await StampAsync(path);
        tiktok.Fault = null;
        studio.Clock.Advance(TimeSpan.FromSeconds(29));
        await StampAsync(path);
        Assert.Equal(2, tiktok.Count(Check));
        studio.Clock.Advance(TimeSpan.FromSeconds(2));
        await StampAsync(path);
        Assert.Equal(3, tiktok.Count(Check));
    }

    [Fact]
    public async Task Case_110_a_code_that_lapses_is_drawn_anew_and_says_why_but_not_for_ever()
    {
        var (path, page) = await DrawAsync();
        tiktok.Qr.Status = "expired";
        page = await LaterAsync(path);
        Assert.NotNull(page.QuerySelector("#qr-renewed"));
        Assert.Equal("ABC 002", page.QuerySelector("#qr-letters")!.TextContent);

        tiktok.Qr.Scan(LinkOn(page));
        await LaterAsync(path);
        tiktok.Qr.Status = "expired";
        Assert.NotNull((await LaterAsync(path)).QuerySelector("#qr-refused"));

        for (var codes = 3; codes < QrConnect.AtMost; codes++)
        {
            tiktok.Qr.Status = "expired";
            await LaterAsync(path);
        }
        tiktok.Qr.Status = "expired";
        studio.Clock.Advance(QrStore.AskEvery);
        Assert.Contains("Nobody scanned", (await studio.PageAsync(await TargetAsync(path))).QuerySelector("#connect-result")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(QrConnect.AtMost, tiktok.Qr.Made);
    }

    [Fact]
    public async Task Case_110_an_answer_with_another_ticket_ends_it_and_exchanges_nothing()
    {
        var (path, _) = await DrawAsync();
        tiktok.Qr.Ticket = "somebody-elses";
        tiktok.Qr.Confirm(tiktok.Consent(Bruno));
        studio.Clock.Advance(QrStore.AskEvery);

        var notice = (await studio.PageAsync(await TargetAsync(path))).QuerySelector("#connect-result")!.TextContent;

        Assert.Contains("another scan", notice, StringComparison.Ordinal);
        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));
    }

    [Fact]
    public async Task Case_110_a_code_is_shown_to_the_session_that_asked_for_it_and_to_no_other()
    {
        var (path, _) = await DrawAsync();
        using var other = await OtherSessionAsync();
        foreach (var place in new[] { path, path + "/status" })
        {
            using var answer = await other.GetAsync(place);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var cancelled = await studio.PostAsync("/accounts", path + "/cancel");
        tiktok.Qr.Confirm(tiktok.Consent(Ada));
        studio.Clock.Advance(QrStore.AskEvery);
        await TargetAsync(path);
        Assert.Equal(0, tiktok.Count(Check));
    }

    [Fact, Trait("scenario", "O1")]
    public async Task O1_another_account_is_refused_by_qr_code_too_and_the_refusal_offers_a_code()
    {
        var id = IdOf(await ConsentAsync(Ada));
        var refused = await ConsentAsync(Bruno, $"{Start}?connection={id}");
        var offer = (await studio.PageAsync(refused)).QuerySelector("#connect-result a[href^='/connect/qr/']")!.GetAttribute("href")!;
        Assert.Equal($"/connect/qr/?connection={id}", offer);
        var (path, page) = await DrawAsync(offer);
        Assert.Contains("Ada", page.QuerySelector("#qr")!.TextContent, StringComparison.Ordinal);

        tiktok.Qr.Scan(LinkOn(page));
        tiktok.Qr.Confirm(tiktok.Consent(Bruno));
        studio.Clock.Advance(QrStore.AskEvery);

        var notice = (await studio.PageAsync(await TargetAsync(path))).QuerySelector("#connect-result")!;
        Assert.Equal("other-account", notice.GetAttribute("data-connect-status"));
        Assert.Contains("Ada", notice.TextContent, StringComparison.Ordinal);
        Assert.Contains("Bruno", notice.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_itself_no_code_is_offered_for_TikTok_which_does_not_document_it()
    {
        await studio.Service<StudioTikTok>().SaveAsync(TikTokEndpoints.Default, new(FakeTikTok.ClientKey, new(FakeTikTok.ClientSecret)));

        Assert.Null((await studio.PageAsync("/accounts")).QuerySelector("a[href^='/connect/qr/']"));
        await studio.PageAsync("/connect/qr/", 404);
        Assert.Equal(0, tiktok.Qr.Made);
        Assert.True(new ConnectOptions { Qr = QrOffer.On }.OffersQr(TikTokEndpoints.Default));
        Assert.False(new ConnectOptions { Qr = QrOffer.Off }.OffersQr(TikTokEndpoints.At(new("http://localhost:1"))));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_110_of_ten_that_ask_at_once_one_has_the_turn_and_of_ten_that_take_the_answer_one_has_it(Engine engine)
    {
        await using var both = await StudioUnderTest.CreateAsync(engine);
        var attempt = (await both.Get<QrConnect>().BeginAsync(new Asker(both.Workspace, both.Owner, "session"), null, CancellationToken.None))!;
        both.Clock.Advance(QrStore.AskEvery);

        var turns = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => both.Get<QrStore>().TakeTurnAsync(attempt.Id)));
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => both.Get<AttemptStore>().TakeQrAsync(attempt.Id)));

        Assert.Single(turns, turn => turn is not null);
        Assert.Single(taken, one => one is not null);
        both.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(await both.Get<QrStore>().TakeTurnAsync(attempt.Id));
    }

    private async Task<(string Path, IHtmlDocument Page)> DrawAsync(string link = "/connect/qr/")
    {
        using var answer = await studio.Http.GetAsync(link);
        var path = answer.Headers.Location!.OriginalString;
        return (path, await studio.PageAsync(path));
    }

    private async Task<IHtmlDocument> LaterAsync(string path)
    {
        studio.Clock.Advance(QrStore.AskEvery);
        return await studio.PageAsync(path);
    }

    private async Task<string> TargetAsync(string path)
    {
        using var answer = await studio.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString;
    }

    private Task<string> StampAsync(string path) => studio.Http.GetStringAsync(path + "/status");

    private static string LinkOn(IHtmlDocument page) => page.QuerySelector("#qr-link")!.GetAttribute("href")!;

    private static HttpResponseMessage SlowDown()
    {
        var answer = FakeTikTok.OAuthError("temporarily_unavailable", 429);
        answer.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(30));
        return answer;
    }
}
