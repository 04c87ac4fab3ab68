using Holdfast.Specs.TikTok;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Specs.Contract;

/// <summary>Holds the client library's two QR calls to the contract files (§1.9).</summary>
public sealed class QrClientSideSpecs
{
    private const string Link = "aweme://authorize?authType=100&client_key=awlocal0001&client_ticket=tobefilled&scope=user.info.basic";

    private static readonly Dictionary<string, string> Values = new()
    {
        ["client_key"] = "awlocal0001",
        ["client_secret"] = "secret-0001",
        ["wrong_client_secret"] = "secret-0002",
        ["state"] = "n7f3",
        ["scan_qrcode_url"] = Link,
        ["qr_token"] = "QK7X2M9R4T8W1Z5C3V6B0N2H4J8L1P5D",
        ["client_ticket"] = "ticket-1",
        ["code"] = "abc*0!6123.u1",
        ["code_uri"] = "https://app.example.test/cb?code=abc%2A0%216123.u1",
        ["error_description"] = "No.",
        ["log_id"] = "20261101120000A1B2C3D4E5F60718293A",
    };

    private static readonly ClientCredentials App = new("awlocal0001", new("secret-0001"));
    private static readonly QrCode Code = new("https://x.test", "ticket-1", new("QK7X2M9R4T8W1Z5C3V6B0N2H4J8L1P5D"));

    [Fact]
    public async Task A_code_is_made_and_the_ticket_takes_its_place_in_the_link()
    {
        var made = Assert.IsType<QrCodeOutcome.Made>(await SpeakAsync("qr/made", qr => qr.GetQrCodeAsync("awlocal0001", ["user.info.basic", "video.list"], "n7f3", "ticket-1", Aborted))).Code;
        Assert.Equal((Link.Replace("tobefilled", "ticket-1", StringComparison.Ordinal), "ticket-1", Values["qr_token"], null), (made.Link, made.ClientTicket, made.Token.Reveal(), made.CompareText));
        Assert.DoesNotContain(Values["qr_token"], made.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_the_app_lacks_is_the_apps_problem() => Assert.Equal("invalid_scope", Assert.IsType<QrCodeOutcome.AppProblem>(await SpeakAsync(
        "qr/scope-refused", qr => qr.GetQrCodeAsync("awlocal0001", ["user.info.basic", "made.up"], "n7f3", "ticket-1", Aborted))).Error.Error);

    [Fact]
    public async Task Each_word_of_TikToks_is_a_state()
    {
        Assert.Equal(new QrStatusOutcome.Waiting(false), await CheckAsync("qr/new"));
        Assert.Equal(new QrStatusOutcome.Waiting(true), await CheckAsync("qr/scanned"));
        Assert.Equal(new QrStatusOutcome.Confirmed(new("abc*0!6123.u1"), "https://app.example.test/cb", "n7f3"), await CheckAsync("qr/confirmed"));
        Assert.IsType<QrStatusOutcome.Expired>(await CheckAsync("qr/expired"));
        Assert.IsType<QrStatusOutcome.Utilised>(await CheckAsync("qr/utilised"));
        Assert.Equal("invalid_client", Assert.IsType<QrStatusOutcome.AppProblem>(await SpeakAsync("qr/secret-wrong", qr => qr.CheckQrCodeAsync(App with { ClientSecret = new("secret-0002") }, Code, Aborted))).Error.Error);
    }

    [Theory]
    [InlineData("qr/scanned")]
    [InlineData("qr/confirmed")]
    [InlineData("qr/utilised")]
    public async Task Case_110_an_answer_with_another_ticket_is_not_believed(string file) =>
        Assert.IsType<QrStatusOutcome.Forged>(await SpeakAsync(file, qr => qr.CheckQrCodeAsync(App, Code with { ClientTicket = "ticket-2" }, Aborted)));

    [Theory]
    [InlineData("""{"client_ticket":"ticket-1","status":"confirmed","code":"https://a.test/cb?code=abc%2A0%21"}""", "abc*0!", "https://a.test/cb")]
    [InlineData("""{"client_ticket":"ticket-1","status":"confirmed","code":"abc*0!"}""", "abc*0!", null)]
    [InlineData("""{"client_ticket":"ticket-1","status":"confirmed","redirect_uri":"https://a.test/cb?code=abc&state=x","code":"other"}""", "abc", "https://a.test/cb")]
    public void The_code_is_taken_from_whichever_field_has_it(string body, string code, string? redirect) =>
        Assert.Equal(new QrStatusOutcome.Confirmed(new(code), redirect, null), QrRules.ForStatus(new WireAnswer.Answered(200, System.Text.Encoding.UTF8.GetBytes(body), null, null, null), "ticket-1"));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a&b=c")]
    [InlineData("é")]
    public async Task A_ticket_that_is_not_url_safe_is_not_sent(string ticket)
    {
        using var http = new HttpClient(new StubHandler(() => throw new InvalidOperationException("Nothing may be sent.")));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => new TikTokClient(TikTokEndpoints.Default, http, TestClock.System).Qr.GetQrCodeAsync("key", [], null, ticket, Aborted));
    }

    private static CancellationToken Aborted => TestContext.Current.CancellationToken;

    private static Task<QrStatusOutcome> CheckAsync(string file) => SpeakAsync(file, qr => qr.CheckQrCodeAsync(App, Code, Aborted));

    private static async Task<T> SpeakAsync<T>(string file, Func<QrAuthorization, Task<T>> call)
    {
        var contract = ContractFile.Load(file);
        var handler = new StubHandler(() => contract.Response.ToMessage(Values));
        using var http = TikTokHttp.CreateClient(handler);
        var outcome = await call(new TikTokClient(TikTokEndpoints.Default, http, TestClock.System).Qr);
        var (request, body) = Assert.Single(handler.Sent);
        Assert.Empty(contract.Request.Differences(request, body, new(Values)));
        return outcome;
    }
}
