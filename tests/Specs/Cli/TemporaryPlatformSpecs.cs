using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Holdfast.Cli;
using Holdfast.Cli.Authorize;
using Holdfast.Specs.Platform;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Storage;
using Holdfast.TikTok;
using Holdfast.TikTok.Display;

namespace Holdfast.Specs.Cli;

/// <summary><c>holdfast authorize</c> with nothing running: from no server to a token that works, against the real Platform.</summary>
public sealed partial class TemporaryPlatformSpecs : IAsyncDisposable
{
    private readonly Talk result = new();
    private readonly Talk talk = new();
    private readonly CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        stop.Dispose();
        await result.DisposeAsync();
        await talk.DisposeAsync();
    }

    [Fact]
    public async Task With_nothing_running_a_demo_creator_can_authorize_and_the_token_works_until_ctrl_c()
    {
        var platform = FreeAddress();
        var running = NewRun().RunAsync(new() { PlatformUrl = platform, NoBrowser = true }, stop.Token);
        var link = await talk.LinkAsync(stop.Token);
        using var ada = new Visitor(platform);
        await ada.LogInAsync("ada", "platform-demo-1");
        var consent = await ada.OpenAsync(link.PathAndQuery);
        var agreed = await ada.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"));

        using var back = await new HttpClient(TikTokHttp.CreateHandler()).GetAsync(new Uri(agreed.Location!), stop.Token); // agreeing redirects
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        var token = new AccessToken(AccessTokenLine().Match(await PrintedAsync("Renew it with")).Groups[1].Value);

        using var http = TikTokHttp.CreateClient(TikTokHttp.CreateHandler());
        var profile = await new TikTokClient(TikTokEndpoints.At(platform), http, TestClock.System).Display.UserInfoAsync(token, UserFields.For(DemoApp.Scopes), stop.Token);
        Assert.Equal("ada", Assert.IsType<ApiOutcome<UserInfo>.Ok>(profile).Value.Username);

        await stop.CancelAsync();
        Assert.Equal(ExitCode.Done, await running);
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(platform, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_qr_code_is_drawn_and_a_phone_that_confirms_yields_a_token()
    {
        var platform = FreeAddress();
        var running = NewRun().RunAsync(new() { PlatformUrl = platform, Qr = true, Json = true, Scopes = ["user.info.basic", "video.list"] }, stop.Token);
        var link = await talk.LinkAsync(stop.Token);
        using var phone = new Visitor(platform);
        await phone.LogInAsync("ada", "platform-demo-1");
        var page = await phone.OpenAsync(link.PathAndQuery);
        await phone.SubmitAsync(page, "/qr/answer", ("decision", "confirm"));

        Assert.Equal(ExitCode.Done, await running);
        Assert.Contains("█", talk.ToString(), StringComparison.Ordinal);
        Assert.Contains($"The phone has to show the same letters: {page.Page.QuerySelector("#compare")!.TextContent}", talk.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"access_token\": \"act.", result.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("act.", talk.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_the_person_unticks_is_told_and_the_rest_works()
    {
        var platform = FreeAddress();
        var running = NewRun().RunAsync(new() { PlatformUrl = platform, NoBrowser = true, Json = true, Scopes = ["user.info.basic", "video.list"] }, stop.Token);
        var link = await talk.LinkAsync(stop.Token);
        using var bruno = new Visitor(platform);
        await bruno.LogInAsync("bruno", "platform-demo-1");
        var agreed = await bruno.SubmitAsync(await bruno.OpenAsync(link.PathAndQuery), AuthorizePages.Answer, ("decision", "authorize"), ("scope", Visitor.Untick));
        using var back = await new HttpClient(TikTokHttp.CreateHandler()).GetAsync(new Uri(agreed.Location!), stop.Token); // agreeing redirects
        Assert.Equal(ExitCode.Done, await running);
        Assert.Contains("Not granted: video.list", talk.ToString(), StringComparison.Ordinal);
        Assert.Contains("\"user.info.basic\"", result.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_redirect_uri_the_demo_app_lacks_is_explained_before_a_browser_opens()
    {
        var settings = new AuthorizeSettings { PlatformUrl = FreeAddress(), NoBrowser = true, RedirectUri = "http://127.0.0.1:*/elsewhere/" };
        Assert.Equal(ExitCode.NotAuthorized, await NewRun().RunAsync(settings, stop.Token));
        Assert.Contains("not registered for this key", talk.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_the_temporary_platform_cannot_know_is_refused()
    {
        Assert.Equal(ExitCode.CannotStart, await NewRun().RunAsync(new() { PlatformUrl = FreeAddress(), ClientKey = "awmine" }, stop.Token));
        Assert.Contains("holdfast up", talk.ToString(), StringComparison.Ordinal);
    }

    private RunAuthorize NewRun() => new(TestClock.System, new SystemSecrets(), new Terminal(TextReader.Null, result, talk, isInteractive: false), _ => null);

    private async Task<string> PrintedAsync(string text)
    {
        while (!result.ToString().Contains(text, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, stop.Token);
        return result.ToString();
    }

    private static Uri FreeAddress()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return new Uri($"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}");
    }

    [GeneratedRegex(@"Access token\s+(\S+)")]
    private static partial Regex AccessTokenLine();
}
