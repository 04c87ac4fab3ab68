using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Holdfast.Cli;
using Holdfast.Cli.Authorize;
using Holdfast.Storage;
using Holdfast.TikTok;

namespace Holdfast.Specs.Cli;

/// <summary><c>holdfast authorize</c>, driven over loopback as a browser would.</summary>
public sealed class AuthorizeSpecs : IAsyncLifetime
{
    private readonly StringWriter result = new();
    private readonly Talk talk = new();
    private readonly HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = true });
    private readonly Dictionary<string, string> environment = [];
    private FakeTikTok tiktok = null!; // set before every spec

    public async ValueTask InitializeAsync() => tiktok = await FakeTikTok.StartAsync();

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await tiktok.DisposeAsync();
        await result.DisposeAsync();
        await talk.DisposeAsync();
    }

    [Fact]
    public async Task A_person_who_agrees_yields_a_token_pair_on_stdout_only()
    {
        Assert.Equal(ExitCode.Done, await RunAsync(Settings));
        Assert.Contains("act.1", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("rft.1", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("works for 2 hours", result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("act.1", talk.ToString(), StringComparison.Ordinal);
        var form = Assert.Single(tiktok.Exchanges);
        Assert.Equal(("abc*0!6123.u1", DemoApp.ClientKey, DemoApp.ClientSecret), (form["code"].ToString(), form["client_key"].ToString(), form["client_secret"].ToString()));
        Assert.Matches(@"^http://127\.0\.0\.1:\d+/callback/$", form["redirect_uri"].ToString());
    }

    [Fact]
    public async Task Json_is_one_object_with_the_token_endpoints_own_names()
    {
        Assert.Equal(ExitCode.Done, await RunAsync(Settings with { Json = true }));
        var json = JsonDocument.Parse(result.ToString()).RootElement;
        Assert.Equal(("act.1", 7200, "rft.1", "-000x"), (
            json.GetProperty("access_token").GetString(), json.GetProperty("expires_in").GetInt32(),
            json.GetProperty("refresh_token").GetString(), json.GetProperty("open_id").GetString()));
    }

    [Fact]
    public async Task Code_only_stops_before_the_exchange_and_gives_the_command_for_it()
    {
        Assert.Equal(ExitCode.Done, await RunAsync(Settings with { CodeOnly = true }));
        Assert.Empty(tiktok.Exchanges);
        Assert.Contains("about 10 minutes", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("--data-urlencode 'code=abc*0!6123.u1'", result.ToString(), StringComparison.Ordinal);
        Assert.Contains($"--data-urlencode 'client_secret={DemoApp.ClientSecret}'", result.ToString(), StringComparison.Ordinal);
    }

    [Fact, Trait("case", "107")]
    public async Task The_secret_of_an_app_of_ones_own_is_not_written_into_the_command()
    {
        environment[AuthorizeApp.SecretVariable] = "tell-nobody";
        Assert.Equal(ExitCode.Done, await RunAsync(Settings with { ClientKey = "awmine", CodeOnly = true }));
        Assert.StartsWith("Code ", result.ToString(), StringComparison.Ordinal);
        Assert.Contains($"printf %s \"${{{AuthorizeApp.SecretVariable}:?has to hold the client secret}}\" | curl", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("--data-urlencode client_secret@- ", result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("tell-nobody", result.ToString() + talk, StringComparison.Ordinal);
    }

    [Fact, Trait("case", "102")]
    public async Task A_person_who_cancels_ends_it_without_an_exchange()
    {
        tiktok.Answer = () => "error=access_denied&error_description=%1B%5B2JNo";
        Assert.Equal(ExitCode.NotAuthorized, await RunAsync(Settings));
        Assert.Empty(tiktok.Exchanges);
        Assert.Contains("pressed Cancel", talk.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', talk.ToString());
    }

    [Fact]
    public async Task A_link_the_server_refuses_is_explained_before_anybody_is_sent_there()
    {
        tiktok.ErrorPage = "error=invalid_request&error_type=redirect_uri&logid=L3";
        Assert.Equal(ExitCode.NotAuthorized, await NewRun().RunAsync(Settings, Aborted));
        Assert.Contains("not registered for this key", talk.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Open this link", talk.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"Client key or secret is incorrect.","log_id":"L4"}""", ExitCode.NotExchanged, "do not belong together")]
    [InlineData(200, """{"error":"invalid_grant","error_description":"Authorization code is expired.","log_id":"L4"}""", ExitCode.NotExchanged, "used up, too old")]
    [InlineData(503, """{"error":"temporarily_unavailable","log_id":"L4"}""", ExitCode.NoAnswer, "may be used up")]
    public async Task A_refused_exchange_says_why_and_what_to_do(int status, string body, int expected, string says)
    {
        tiktok.Refusal = (status, body);
        Assert.Equal(expected, await RunAsync(Settings));
        Assert.Contains(says, talk.ToString(), StringComparison.Ordinal);
        Assert.Contains("L4", talk.ToString(), StringComparison.Ordinal);
        Assert.Empty(result.ToString());
    }

    [Fact, Trait("case", "105")]
    public async Task Less_than_asked_is_told_and_used()
    {
        Assert.Equal(ExitCode.Done, await RunAsync(Settings with { Scopes = ["user.info.basic", "video.list"] }));
        Assert.Contains("Not granted: video.list", talk.ToString(), StringComparison.Ordinal);
    }

    [Fact, Trait("case", "101")]
    public async Task The_listener_is_closed_after_the_answer()
    {
        await RunAsync(Settings);
        var redirect = Assert.Single(tiktok.Exchanges)["redirect_uri"].ToString();
        await Assert.ThrowsAsync<HttpRequestException>(() => browser.GetAsync(new Uri(redirect), Aborted));
    }

    [Fact]
    public async Task A_pasted_address_will_do_after_wrong_ones_were_explained()
    {
        var input = new Pasted();
        var running = NewRun(input).RunAsync(Settings with { Paste = true }, Aborted);
        using var manual = TikTokHttp.CreateClient(TikTokHttp.CreateHandler());
        using var redirect = await manual.GetAsync(await talk.LinkAsync(Aborted), Aborted);
        input.Paste("https://example.test/");
        input.Paste("http://127.0.0.1:3455/callback/?code=other&state=other");
        input.Paste(redirect.Headers.Location!.OriginalString); // it redirects
        Assert.Equal(ExitCode.Done, await running);
        Assert.Contains("act.1", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("This is no address of a TikTok authorization.", talk.ToString(), StringComparison.Ordinal);
        Assert.Contains("answers another sign-in", talk.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_that_ends_without_a_paste_ends_the_command() =>
        Assert.Equal(ExitCode.CannotStart, await NewRun(TextReader.Null).RunAsync(Settings with { Paste = true }, Aborted));

    [Fact]
    public async Task Nobody_coming_back_has_an_exit_code_of_its_own() =>
        Assert.Equal(ExitCode.NobodyCame, await NewRun().RunAsync(Settings with { Patience = TimeSpan.FromMilliseconds(50) }, Aborted));

    [Fact]
    public async Task Ctrl_c_stops_cleanly()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Aborted);
        var running = NewRun().RunAsync(Settings, stop.Token);
        await talk.LinkAsync(Aborted);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Stopped, await running);
    }

    [Fact]
    public async Task Ctrl_c_stops_while_an_address_is_awaited()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Aborted);
        var running = NewRun(new Pasted()).RunAsync(Settings with { Paste = true }, stop.Token);
        await talk.LinkAsync(Aborted);
        await stop.CancelAsync();
        Assert.Equal(ExitCode.Stopped, await running);
    }

    [Theory, Trait("case", "104")]
    [InlineData("http://platform.example", "use https")]
    [InlineData("http://localhost:1/elsewhere", "scheme, host and port only")]
    public async Task An_address_secrets_should_not_go_to_is_refused(string url, string says)
    {
        Assert.Equal(ExitCode.CannotStart, await NewRun().RunAsync(Settings with { PlatformUrl = new(url) }, Aborted));
        Assert.Contains(says, talk.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://app.example.test/callback", "--paste")]
    [InlineData("http://127.0.0.1:3455/callback/?a=b", "exactly as it is registered")]
    [InlineData("callback", "exactly as it is registered")]
    public async Task A_redirect_uri_that_cannot_be_used_is_refused(string uri, string says)
    {
        Assert.Equal(ExitCode.CannotStart, await NewRun().RunAsync(Settings with { RedirectUri = uri }, Aborted));
        Assert.Contains(says, talk.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:*/callback/", "http://127.0.0.1:7/callback/")]
    [InlineData("http://localhost:*/callback/", "http://localhost:*/callback/", "http://localhost:7/callback/")]
    [InlineData("http://localhost:3455/callback", "http://localhost:3455/callback", "http://localhost:3455/callback")]
    public void What_to_register_and_what_is_sent_fit(string? given, string registered, string sent)
    {
        var target = RedirectTarget.For(new() { RedirectUri = given });
        Assert.Equal((registered, sent), (target.ToRegister, target.At(7)));
    }

    [Fact]
    public async Task At_tiktok_key_and_secret_are_asked_for_and_the_uri_to_register_is_shown()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Aborted);
        var running = NewRun(new StringReader("awmine\ntell-nobody\n")).RunAsync(Settings with { TikTok = true }, stop.Token);
        var link = await talk.LinkAsync(Aborted);
        await stop.CancelAsync();
        await running;
        Assert.StartsWith("https://www.tiktok.com/v2/auth/authorize/?client_key=awmine&scope=user.info.basic&", link.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:*/callback/", talk.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("tell-nobody", talk.ToString(), StringComparison.Ordinal);
    }

    private static CancellationToken Aborted => TestContext.Current.CancellationToken;

    private AuthorizeSettings Settings => new() { PlatformUrl = tiktok.Address, NoBrowser = true };

    private RunAuthorize NewRun(TextReader? input = null) =>
        new(TestClock.System, new SystemSecrets(), new Terminal(input ?? TextReader.Null, result, talk, isInteractive: false), environment.GetValueOrDefault);

    private async Task<int> RunAsync(AuthorizeSettings settings)
    {
        var running = NewRun().RunAsync(settings, Aborted);
        using var page = await browser.GetAsync(await talk.LinkAsync(Aborted), Aborted);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        return await running;
    }

    /// <summary>Lines that are typed one after the other; reading blocks, as at a console.</summary>
    private sealed class Pasted : TextReader
    {
        private readonly BlockingCollection<string> lines = [];

        public void Paste(string line) => lines.Add(line);

        public override string? ReadLine() => lines.Take();
    }
}
