using System.Net;
using System.Text;
using Holdfast.Platform;
using Holdfast.Platform.Console;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Console;

/// <summary>Who may use the console, and that it is not there otherwise.</summary>
public sealed class GuardSpecs
{
    [Theory]
    [InlineData("/console")]
    [InlineData("/console/faults")]
    [InlineData("/console/enter")]
    [InlineData("/console/api")]
    [InlineData("/console/api/faults")]
    public async Task Without_the_console_none_of_it_is_there(string path)
    {
        await using var platform = await PlatformUnderTest.StartAsync();

        using var answer = await platform.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Null(PlatformApp.ConsoleAddress(platform.App));
        Assert.DoesNotContain("/console", await platform.Http.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_earlier_console_left_acts_on_nothing_without_one()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await platform.Database.WriteAsync(async session =>
        {
            await session.RunAsync("insert into fault (id, place, kind, status, code, message, delay_ms, created_at) values ('1', 'all', 'Status', 500, '', '', 0, 0)");
            await session.RunAsync("insert into platform_setting (name, value) values ('clock_offset_ms', '86400000'), ('access_token_lifetime', '1s')");
            session.Signal("console");
        });
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));

        var granted = await platform.GrantAsync(app, ada);

        Assert.Equal((true, "7200"), (granted.IsGranted, granted.Text("expires_in")));
        Assert.Equal(platform.Clock.GetUtcNow(), platform.Service<TimeProvider>().GetUtcNow());
    }

    [Fact]
    public async Task The_demo_on_this_machine_has_it_open()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var visitor = platform.Visitor();

        Assert.Equal(200, (await visitor.GetAsync("/console")).Status);
        Assert.Equal(HttpStatusCode.OK, (await platform.Http.GetAsync("/console/api/faults")).StatusCode);
        Assert.EndsWith("/console", PlatformApp.ConsoleAddress(platform.App), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("X-Forwarded-Host", "demo.tunnel.example")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    [InlineData("Via", "1.1 tunnel")]
    public async Task An_open_console_answers_nobody_whom_a_proxy_or_tunnel_brings(string header, string value)
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);

        foreach (var path in (string[])["/console", "/console/api/faults"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add(header, value);
            using var answer = await platform.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Without_the_demo_it_asks_for_its_token_and_the_printed_link_carries_it_once()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        var token = platform.Service<ConsoleToken>().Reveal();
        using var visitor = platform.Visitor();

        Assert.Equal(401, (await visitor.GetAsync("/console")).Status);
        Assert.Equal(401, (await visitor.GetAsync("/console/enter?token=wrong")).Status);
        Assert.Equal(401, (await visitor.GetAsync("/console/faults")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await platform.Http.GetAsync("/console/api/faults")).StatusCode);

        Assert.EndsWith($"/console/enter?token={token}", PlatformApp.ConsoleAddress(platform.App), StringComparison.Ordinal);
        var entered = await visitor.GetAsync($"/console/enter?token={token}");

        Assert.Equal((303, "/console"), (entered.Status, entered.Location));
        var cookie = Assert.Single(entered.Answer.Headers.GetValues("Set-Cookie"), set => set.StartsWith("hf_platform_console=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token, cookie, StringComparison.Ordinal);
        Assert.Equal(200, (await visitor.GetAsync("/console")).Status);
    }

    [Fact]
    public async Task The_token_can_be_typed_in_and_a_wrong_one_says_so()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        using var visitor = platform.Visitor();
        var locked = await visitor.GetAsync("/console/settings");

        var wrong = await visitor.SubmitAsync(locked, "/console/enter", ("token", "guess"));
        var right = await visitor.SubmitAsync(wrong, "/console/enter", ("token", platform.Service<ConsoleToken>().Reveal()));

        Assert.Equal(401, wrong.Status);
        Assert.Contains("This is not the token.", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(303, right.Status);
        Assert.Equal(200, (await visitor.GetAsync("/console/settings")).Status);
    }

    [Fact]
    public async Task Off_this_machine_the_settings_may_name_the_token_and_the_cookie_is_for_https_alone()
    {
        await using var platform = await PlatformUnderTest.StartAsync(console: true, demo: true, url: "https://platform.example.test", configure: builder => builder.Configuration["Platform:Console:Token"] = "a token of sixteen or more");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/api/clock");
        using var refused = await platform.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);

        using var entered = await platform.Http.GetAsync($"/console/enter?token={Uri.EscapeDataString("a token of sixteen or more")}");

        var cookie = Assert.Single(entered.Headers.GetValues("Set-Cookie"), set => set.StartsWith("__Host-hf_platform_console=", StringComparison.Ordinal));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_token_that_is_too_short_stops_the_start()
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => PlatformUnderTest.StartAsync(console: true, configure: builder => builder.Configuration["Platform:Console:Token"] = "short"));

        Assert.Contains("HOLDFAST_Platform__Console__Token", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")] // another port of this machine
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Another_sites_page_moves_nothing(string header, string value)
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        foreach (var (method, path, body) in ((HttpMethod, string, string)[])[(HttpMethod.Post, "/console/api/faults", "{}"), (HttpMethod.Post, "/console/api/weather/two-hour-outage", ""), (HttpMethod.Delete, "/console/api/clock", ""), (HttpMethod.Post, "/console/weather/start", "story=two-hour-outage")])
        {
            using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, path.Contains("/api/", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded") };
            request.Headers.Add(header, value);
            using var answer = await platform.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        Assert.DoesNotContain("\"id\"", await platform.Http.GetStringAsync("/console/api/faults"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_page_reads_nothing_either()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/api/requests");
        request.Headers.Add("Sec-Fetch-Site", "same-site");

        using var answer = await platform.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_that_is_not_json_is_refused(string type)
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var content = new StringContent("{}");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var answer = await platform.Http.PostAsync("/console/api/faults", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
        Assert.Contains("application/json", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("open.tiktokapis.com")]
    public async Task A_foreign_name_for_this_machine_opens_no_console(string host)
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/api/faults") { Headers = { Host = host } };

        using var answer = await platform.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_form_without_its_token_of_forgery_is_refused()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        using var visitor = platform.Visitor();
        await visitor.GetAsync("/console");

        Assert.Equal(400, (await visitor.PostAsync("/console/weather/start", ("story", "two-hour-outage"))).Status);
        Assert.Equal(400, (await visitor.PostAsync("/console/accounts/ada/delete")).Status);
    }

    [Fact]
    public async Task A_call_that_is_not_there_is_told_in_json()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();

        var missing = await platform.GetAsync("/nothing");

        Assert.Equal(404, missing.Status);
        Assert.Contains("/console/api", missing.Error, StringComparison.Ordinal);
    }
}
