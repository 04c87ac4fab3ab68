using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Holdfast.Cli.Authorize;
using Holdfast.Shell.Hosting;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Specs.Cli;

/// <summary>The port the browser comes back to (attack cases 101, 102 and 109).</summary>
public sealed class LoopbackListenerSpecs : IAsyncLifetime
{
    private const string State = "the-state-of-this-sign-in";
    private readonly List<string> ignored = [];
    private readonly HttpClient http = TikTokHttp.CreateClient(TikTokHttp.CreateHandler());
    private LoopbackListener listener = null!; // set before every spec

    public async ValueTask InitializeAsync() =>
        listener = await LoopbackListener.StartAsync(new("http", "127.0.0.1", 0, "/callback/"), State, ignored.Add, Aborted);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await listener.DisposeAsync();
    }

    [Fact, Trait("case", "109")]
    public async Task The_right_answer_is_taken_and_its_page_keeps_the_code_to_itself()
    {
        using var page = await http.GetAsync(new Uri($"{listener.RedirectUri}?code=a%2A0%211.u1&scopes=user.info.basic&state={State}"), Aborted);
        Assert.Equal("a*0!1.u1", Assert.IsType<AuthorizationCallback.Granted>(await listener.Answer).Code.Reveal());
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.True(page.Headers.CacheControl?.NoStore);
        Assert.StartsWith("default-src 'none'", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync(Aborted);
        Assert.Contains("history.replaceState", html, StringComparison.Ordinal);
        Assert.DoesNotContain("u1", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
    }

    [Theory, Trait("case", "97"), Trait("case", "101"), Trait("case", "102")]
    [InlineData("?code=a&state=another")]
    [InlineData("?code=a")]
    [InlineData("?state=the-state-of-this-sign-in")]
    [InlineData("?error=access_denied")]
    [InlineData("?code=a&code=b&state=the-state-of-this-sign-in")]
    public async Task An_answer_that_is_not_ours_is_refused_and_the_wait_goes_on(string query)
    {
        using var page = await http.GetAsync(new Uri(listener.RedirectUri + query), Aborted);
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.False(listener.Answer.IsCompleted);
        Assert.Single(ignored);
        await AnswerRightlyAsync();
    }

    [Theory, Trait("case", "101")]
    [InlineData("evil.example")]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task Another_host_name_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{listener.RedirectUri}?code=a&state={State}") { Headers = { Host = host } };
        using var page = await http.SendAsync(request, Aborted);
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.False(listener.Answer.IsCompleted);
    }

    [Theory, Trait("case", "101")]
    [InlineData("/")]
    [InlineData("/callback")]
    [InlineData("/callback//")]
    [InlineData("/x/../callback/x")]
    [InlineData("/favicon.ico")]
    public async Task Another_path_finds_nothing(string path)
    {
        using var page = await http.GetAsync(new Uri(new Uri(listener.RedirectUri), $"{path}?code=a&state={State}"), Aborted);
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.False(listener.Answer.IsCompleted);
    }

    [Fact, Trait("case", "101")]
    public async Task Another_method_is_refused()
    {
        using var content = new StringContent("");
        using var page = await http.PostAsync(new Uri($"{listener.RedirectUri}?code=a&state={State}"), content, Aborted);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, page.StatusCode);
        Assert.False(listener.Answer.IsCompleted);
    }

    [Fact, Trait("case", "101")]
    public async Task A_megabyte_of_query_is_refused()
    {
        using var page = await http.GetAsync(new Uri($"{listener.RedirectUri}?code={new string('a', 60_000)}&state={State}"), Aborted);
        Assert.Equal(HttpStatusCode.RequestUriTooLong, page.StatusCode);
        Assert.False(listener.Answer.IsCompleted);
    }

    [Fact, Trait("case", "101")]
    public async Task Idle_connections_before_the_real_one_do_not_keep_it_out()
    {
        List<TcpClient> idle = [];
        for (var count = 0; count < 50; count++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, new Uri(listener.RedirectUri).Port, Aborted);
            idle.Add(client);
        }

        await AnswerRightlyAsync();
        idle.ForEach(client => client.Dispose());
    }

    [Fact, Trait("case", "101")]
    public async Task The_first_valid_answer_wins()
    {
        await AnswerRightlyAsync();
        using var second = await http.GetAsync(new Uri($"{listener.RedirectUri}?code=another&state={State}"), Aborted);
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
        Assert.Equal("right", Assert.IsType<AuthorizationCallback.Granted>(await listener.Answer).Code.Reveal());
    }

    [Fact, Trait("case", "102")]
    public async Task A_refusal_is_shown_as_text_never_as_markup()
    {
        using var page = await http.GetAsync(new Uri($"{listener.RedirectUri}?error=access_denied&error_description=%3Cscript%3Ealert(1)%3C/script%3E&state={State}"), Aborted);
        Assert.Equal("access_denied", Assert.IsType<AuthorizationCallback.Refused>(await listener.Answer).Error);
        var html = await page.Content.ReadAsStringAsync(Aborted);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Fact, Trait("case", "101")]
    public void Only_this_machines_own_address_is_bound()
    {
        var port = new Uri(listener.RedirectUri).Port;
        var bound = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == port).ToList();
        Assert.Equal([new IPEndPoint(IPAddress.Loopback, port)], bound);
    }

    [Fact]
    public async Task A_taken_port_is_told_with_a_way_out()
    {
        var port = new Uri(listener.RedirectUri).Port;
        var refusal = await Assert.ThrowsAsync<StartupException>(() => LoopbackListener.StartAsync(new("http", "127.0.0.1", port, "/callback/"), State, _ => { }, Aborted));
        Assert.Contains("--port", refusal.Message, StringComparison.Ordinal);
    }

    private static CancellationToken Aborted => TestContext.Current.CancellationToken;

    private async Task AnswerRightlyAsync()
    {
        using var page = await http.GetAsync(new Uri($"{listener.RedirectUri}?code=right&state={State}"), Aborted);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.IsType<AuthorizationCallback.Granted>(await listener.Answer);
    }
}
