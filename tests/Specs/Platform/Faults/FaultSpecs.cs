using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Faults;

/// <summary>Each kind of fault over real connections: what the caller meets, and whether the work behind it was done.</summary>
public sealed class FaultSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_next_two_renewals_are_refused_before_anything_is_done_and_the_third_works(Engine engine)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);

        await platform.FailAsync(new { kind = "status", place = "token", status = 503, times = 2 });

        for (var call = 0; call < 2; call++)
        {
            var refused = await platform.RenewAsync(app, first.Refresh);
            Assert.Equal((503, "temporarily_unavailable", 34), (refused.Status, refused.Error, refused.Text("log_id").Length));
        }
        Assert.True((await platform.RenewAsync(app, first.Refresh)).IsGranted);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_forty_calls_at_once_exactly_five_meet_a_fault_for_the_next_five(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        await app.Platform.FailAsync(new { kind = "status", place = "user_info", status = 500, times = 5 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => app.UserInfoAsync()));

        Assert.Equal(5, answers.Count(answer => answer.Status == 500));
        Assert.Equal(35, answers.Count(answer => answer.Status == 200));
        Assert.Equal("ok", (await app.UserInfoAsync()).Code);
    }

    [Theory]
    [InlineData("GET", "/v2/user/info/?fields=open_id", "user_info", """{"data":{},"error":{"code":"scope_not_authorized","message":"No.","log_id":""", "scope_not_authorized")]
    [InlineData("POST", "/v2/post/publish/status/fetch/", "status", """{"error":{"code":"internal_error","message":"No.","log_id":""", "")]
    [InlineData("POST", "/v2/post/publish/creator_info/query/", "posting", """{"error":{"code":"reached_active_user_cap","message":"No.","log_id":""", "reached_active_user_cap")]
    public async Task A_refusal_has_the_shape_of_the_endpoint_it_stands_for(string method, string path, string place, string begin, string code)
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await app.Platform.FailAsync(new { kind = "status", place, code, message = "No.", status = 500 });

        var answer = await app.CallAsync(new HttpMethod(method), path);

        Assert.Equal(500, answer.Status);
        Assert.StartsWith(begin, answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_with_commas_between_them_come_in_turn()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await app.Platform.FailAsync(new { place = "video_init", status = 403, code = "spam_risk_too_many_posts,reached_active_user_cap", times = 3 });

        string[] codes = [(await app.InitAsync(1_000)).Code, (await app.InitAsync(1_000)).Code, (await app.InitAsync(1_000)).Code, (await app.InitAsync(1_000)).Code];

        Assert.Equal(["spam_risk_too_many_posts", "reached_active_user_cap", "spam_risk_too_many_posts", "ok"], codes);
    }

    [Fact]
    public async Task Too_many_calls_and_a_wrong_secret_are_one_word_each()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await app.Platform.FailAsync(new { kind = "rate_limited", place = "user_info", retry_after = 7 });
        await app.Platform.FailAsync(new { kind = "wrong_secret" });

        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/user/info/?fields=open_id");
        using var limited = await app.Platform.Http.SendAsync(request);
        var unknown = await app.Platform.RenewAsync(app.App, "rft.whatever");

        Assert.Equal((429, "7"), ((int)limited.StatusCode, limited.Headers.GetValues("Retry-After").Single()));
        Assert.Contains("rate_limit_exceeded", await limited.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((401, "invalid_client", "Client key or secret is incorrect."), (unknown.Status, unknown.Error, unknown.Text("error_description")));
    }

    [Fact]
    public async Task A_proxys_page_is_html_where_json_was_expected()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await app.Platform.FailAsync(new { kind = "html", place = "video_list", status = 502 });

        using var content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        using var answer = await app.Platform.Http.PostAsync("/v2/video/list/?fields=id", content);

        Assert.Equal((502, "text/html"), ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("<h1>502 Bad Gateway</h1>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_cut_connection_has_done_nothing_so_the_refresh_token_still_works(Engine engine)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        await platform.FailAsync(new { kind = "drop", place = "renewal" });

        await Assert.ThrowsAsync<HttpRequestException>(() => platform.RenewAsync(app, first.Refresh));

        Assert.True((await platform.RenewAsync(app, first.Refresh)).IsGranted);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_lost_answer_was_committed_so_strict_rotation_refuses_the_token_that_bought_it(Engine engine)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        await platform.FailAsync(new { kind = "lost_answer", place = "renewal" });

        await Assert.ThrowsAsync<HttpRequestException>(() => platform.RenewAsync(app, first.Refresh));

        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, first.Refresh)).Error);
        Assert.Equal(2, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from token_pair")));
    }

    [Fact]
    public async Task A_lost_answer_to_an_init_has_begun_a_post()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await app.Platform.FailAsync(new { kind = "lost_answer", place = "video_init" });

        await Assert.ThrowsAsync<HttpRequestException>(() => app.InitAsync(1_000));

        Assert.Equal(1, await app.Platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from upload")));
    }

    [Fact]
    public async Task A_chunk_whose_answer_is_lost_is_acknowledged_and_the_post_goes_on()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        var clip = ConnectedApp.Clip();
        var begun = await app.InitAsync(clip.Length);
        await app.Platform.FailAsync(new { kind = "lost_answer", place = "upload" });

        await Assert.ThrowsAsync<HttpRequestException>(() => app.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}"));

        Assert.Equal("PUBLISH_COMPLETE", (await app.FinalAsync(begun.Data("publish_id"))).Data("status"));
    }

    [Fact]
    public async Task A_held_connection_brings_no_answer_and_does_nothing()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        await platform.FailAsync(new { kind = "timeout", place = "token", delay = "300ms" });
        var began = TestClock.System.GetTimestamp();

        await Assert.ThrowsAsync<HttpRequestException>(() => platform.RenewAsync(app, first.Refresh));

        Assert.True(TestClock.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(250));
        Assert.True((await platform.RenewAsync(app, first.Refresh)).IsGranted);
    }

    [Fact]
    public async Task A_slow_answer_comes_later_and_nothing_is_done_for_whoever_has_gone()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        await platform.FailAsync(new { kind = "slow", place = "renewal", delay = "400ms", times = 2 });
        using (var impatient = platform.Browserless())
        {
            impatient.Timeout = TimeSpan.FromMilliseconds(100);
            using var form = new FormUrlEncodedContent([new("client_key", app.ClientKey), new("client_secret", app.ClientSecret), new("grant_type", "refresh_token"), new("refresh_token", first.Refresh)]);
            await Assert.ThrowsAsync<TaskCanceledException>(() => impatient.PostAsync("/v2/oauth/token/", form));
        }
        var began = TestClock.System.GetTimestamp();

        var patient = await platform.RenewAsync(app, first.Refresh);

        Assert.True(patient.IsGranted, patient.Body);
        Assert.True(TestClock.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(350));
    }

    [Fact]
    public async Task An_outage_is_a_proxys_page_then_a_500_in_json_then_a_cut_connection_and_over_again()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await app.Platform.FailAsync(new { kind = "outage", @for = "2h" });

        for (var round = 0; round < 2; round++)
        {
            var page = await app.UserInfoAsync();
            Assert.Equal(503, page.Status);
            Assert.StartsWith("<!DOCTYPE html>", page.Body, StringComparison.Ordinal);
            Assert.Equal((500, "internal_error"), await app.UserInfoAsync() is var json ? (json.Status, json.Code) : default);
            await Assert.ThrowsAsync<HttpRequestException>(() => app.UserInfoAsync());
        }

        app.Platform.Clock.Advance(TimeSpan.FromHours(1.5)); // before the token's own end
        Assert.Equal(503, (await app.UserInfoAsync()).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_fault_for_a_while_is_over_when_its_time_is(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        await app.Platform.FailAsync(new { place = "user_info", @for = "10m" });
        Assert.Equal(503, (await app.UserInfoAsync()).Status);

        app.Platform.Clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(200, (await app.UserInfoAsync()).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_fault_that_is_taken_away_acts_no_more(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        var id = await app.Platform.FailAsync(new { place = "all", @for = "1h" });
        await app.Platform.FailAsync(new { place = "display", @for = "1h" });
        Assert.Equal(503, (await app.UserInfoAsync()).Status);

        await app.Platform.DoAsync(HttpMethod.Delete, $"/faults/{id}");
        Assert.Equal(503, (await app.UserInfoAsync()).Status);
        await app.Platform.DoAsync(HttpMethod.Delete, "/faults");

        Assert.Equal(200, (await app.UserInfoAsync()).Status);
        Assert.Equal(404, (await app.Platform.ConsoleAsync(HttpMethod.Delete, $"/faults/{id}")).Status);
    }
}
