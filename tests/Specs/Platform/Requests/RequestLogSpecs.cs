using Holdfast.Platform.Api;
using Holdfast.Platform.Requests;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Requests;

/// <summary>The request log: what it tells, to whom, and what it never holds.</summary>
public sealed class RequestLogSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("attack", "52")]
    public async Task A_developer_finds_a_call_by_the_log_id_of_its_answer_and_nobody_elses(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (owner, stranger, ada) = (await platform.PersonAsync("owner"), await platform.PersonAsync("stranger"), await platform.PersonAsync("ada"));
        var (mine, theirs) = (await platform.AppAsync("mine", owner: owner), await platform.AppAsync("theirs", owner: stranger));
        var granted = await platform.GrantAsync(mine, ada);
        var (mineLost, theirsLost) = ((await platform.RenewAsync(mine, "rft.x")).Text("log_id"), (await platform.RenewAsync(theirs, "rft.y")).Text("log_id"));

        using var developer = platform.Visitor();
        await developer.LogInAsync("owner");
        var all = await developer.GetAsync($"/developers/apps/{mine.Id}/requests");
        var found = await developer.GetAsync($"/developers/apps/{mine.Id}/requests?log_id={mineLost.ToLowerInvariant()}");
        var foreign = await developer.GetAsync($"/developers/apps/{mine.Id}/requests?log_id={theirsLost}");

        Assert.Equal(200, all.Status);
        Assert.Contains(mineLost, all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(theirsLost, all.Text, StringComparison.Ordinal);
        Assert.Contains("400 invalid_grant", Assert.Single(found.Page.QuerySelectorAll("tr[data-log-id]")).TextContent, StringComparison.Ordinal);
        Assert.Empty(foreign.Page.QuerySelectorAll("tr[data-log-id]"));
        Assert.Equal(404, (await developer.GetAsync($"/developers/apps/{theirs.Id}/requests?log_id={theirsLost}")).Status);
        Assert.True(granted.IsGranted);
        // Who calls is told as the app knows them: a name takes a scope that nobody granted here.
        Assert.Contains(granted.Text("open_id"), all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("@ada", all.Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_line_says_which_app_whose_account_which_endpoint_and_how_it_went(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        await app.Platform.FailAsync(new { place = "video_init", status = 403, code = "spam_risk" });
        var (info, refused) = (await app.UserInfoAsync(), await app.InitAsync(1_000));
        var clip = ConnectedApp.Clip();
        var begun = await app.InitAsync(clip.Length);
        await app.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}");

        var lines = (await app.Platform.GetAsync("/requests")).Json.GetProperty("requests").EnumerateArray().ToList();

        string Say(string logId) => lines.Single(line => line.GetProperty("log_id").GetString() == logId) is var line
            ? string.Join(' ', ((string[])["place", "status", "code", "fault", "app", "account"]).Select(name => line.GetProperty(name).ToString())) : "";
        Assert.Equal("user_info 200 ok  pottery ada", Say(info.Json.GetProperty("error").GetProperty("log_id").GetString()!));
        Assert.Equal("video_init 403 spam_risk status pottery ada", Say(refused.Json.GetProperty("error").GetProperty("log_id").GetString()!));
        var upload = lines.Single(line => line.GetProperty("place").GetString() == "upload");
        Assert.Equal(("pottery", "ada", 201), (upload.GetProperty("app").GetString(), upload.GetProperty("account").GetString(), upload.GetProperty("status").GetInt32()));
        var exchange = lines.Single(line => line.GetProperty("place").GetString() == "token");
        Assert.Equal(("pottery", "ada", "ok"), (exchange.GetProperty("app").GetString(), exchange.GetProperty("account").GetString(), exchange.GetProperty("code").GetString()));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Nothing_secret_is_in_it_wherever_a_client_puts_it(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        var platform = app.Platform;
        var (code, granted) = (await platform.CodeAsync(app.App, app.Creator), await platform.GrantAsync(app.App, app.Creator));
        var begun = await app.InitAsync(1_000);
        await platform.RedeemAsync(app.App, code);
        await platform.RenewAsync(app.App, granted.Refresh);
        await platform.RevokeAsync(app.App, "act.planted-in-revoke");
        await platform.TokenAsync(("client_key", "sk-planted-as-key"), ("client_secret", "planted-secret"), ("grant_type", "refresh_token"), ("refresh_token", "rft.planted"));
        await platform.TokenAsync(("client_key", app.App.ClientKey), ("client_secret", "planted-secret"), ("grant_type", "planted-grant"));
        foreach (var path in (string[])["/v2/user/info/?access_token=act.planted&fields=open_id", "/v2/act.planted-path/", "/v2/oauth/token/?code=planted-code&client_secret=planted-secret", $"/v2/auth/authorize/?client_key={app.App.ClientKey}&state=planted-state&code_challenge=planted-challenge"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Authorization = new("Bearer", app.Token);
            request.Headers.TryAddWithoutValidation("User-Agent", $"client/1.0 ({granted.Access})");
            using var answer = await platform.Http.SendAsync(request);
        }
        using (var odd = new HttpRequestMessage(new HttpMethod("PLANTEDMETHOD"), "/v2/oauth/token/"))
        {
            using var answer = await platform.Http.SendAsync(odd);
        }
        await app.PutAsync(begun.Data("upload_url"), new byte[1_000], "bytes 0-999/1000");

        await platform.Service<WriteRequestLog>().NowAsync();
        var rows = await platform.Database.ReadAsync(session => session.ListAsync<string>(
            "select log_id || ' ' || place || ' ' || method || ' ' || coalesce(app_id, '') || ' ' || coalesce(open_id, '') || ' ' || code || ' ' || coalesce(fault, '') || ' ' || user_agent from api_call"));

        Assert.True(rows.Count >= 10);
        var kept = string.Join('\n', rows);
        foreach (var secret in (string[])[app.App.ClientSecret, app.Token, code, granted.Access, granted.Refresh, "planted", "PLANTED", begun.Data("upload_url").Split("upload_token=")[1], PlatformUnderTest.Verifier, "act.", "rft."])
            Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_nobody_got_an_answer_to_says_so()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        var app = await platform.AppAsync();
        await platform.FailAsync(new { kind = "drop", place = "token" });
        await platform.FailAsync(new { kind = "lost_answer", place = "token" });
        await Assert.ThrowsAsync<HttpRequestException>(() => platform.RenewAsync(app, "rft.x"));
        await Assert.ThrowsAsync<HttpRequestException>(() => platform.RenewAsync(app, "rft.x"));

        var lines = (await platform.GetAsync("/requests?errors=1")).Json.GetProperty("requests").EnumerateArray()
            .Select(line => (line.GetProperty("status").GetInt32(), line.GetProperty("code").GetString(), line.GetProperty("fault").GetString())).ToList();

        Assert.Equal([(0, "invalid_grant", "lost_answer"), (0, "no_answer", "drop")], lines.OrderBy(line => line.Item2));
    }

    [Fact]
    public async Task The_log_id_of_the_authorization_page_is_found_with_what_was_blamed()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        var app = await platform.AppAsync();
        using var visitor = platform.Visitor();

        var refused = await visitor.GetAsync($"/v2/auth/authorize/?client_key={app.ClientKey}&response_type=code&scope=user.info.basic&redirect_uri=https%3A%2F%2Felsewhere.example%2F");
        await visitor.OpenAsync(refused.Location!);

        var line = Assert.Single((await platform.GetAsync($"/requests?log_id={refused.Query["logid"]}")).Json.GetProperty("requests").EnumerateArray());
        Assert.Equal(("authorize", "redirect_uri", "pottery"), (line.GetProperty("place").GetString(), line.GetProperty("code").GetString(), line.GetProperty("app").GetString()));
        Assert.Single((await platform.GetAsync("/requests?place=authorize")).Json.GetProperty("requests").EnumerateArray());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task It_forgets_what_is_a_week_old_and_what_is_too_much(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder => builder.Configuration["Platform:Requests:KeepAtMost"] = "3");
        var app = await platform.AppAsync();
        await platform.RenewAsync(app, "rft.old");
        await platform.Service<WriteRequestLog>().NowAsync();
        platform.Clock.Advance(TimeSpan.FromDays(8));
        for (var call = 0; call < 5; call++)
        {
            platform.Clock.Advance(TimeSpan.FromSeconds(1));
            await platform.RenewAsync(app, "rft.new");
        }
        await platform.Service<WriteRequestLog>().NowAsync();
        platform.Clock.Advance(TimeSpan.FromHours(2));

        while (await platform.Service<WriteRequestLog>().RunDueAsync(CancellationToken.None))
        {
        }

        Assert.InRange(await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from api_call")), 3, 4); // the one that stands at the limit may stay
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from api_call where at < @before", new { before = platform.Clock.GetUtcNow() - TimeSpan.FromDays(7) })));
    }

    [Fact]
    public async Task Where_writing_cannot_keep_up_the_oldest_are_dropped_and_counted()
    {
        await using var platform = await PlatformUnderTest.StartAsync(configure: builder => builder.Configuration["Platform:Requests:WaitAtMost"] = "500");
        var log = platform.Service<RequestLog>();
        await platform.Database.WriteAsync(async session =>
        {
            // Nobody writes meanwhile: SQLite has one writer, and it is here.
            for (var call = 0; call < 1_500; call++)
                log.Add(Call($"{call:0000}"));
            await session.RunAsync("delete from api_call");
        });
        await platform.Service<WriteRequestLog>().NowAsync();

        IReadOnlyList<string> kept = [];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20), TestClock.System);
        while (kept.Count + log.Dropped < 1_500)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, limit.Token); // the host's own worker may hold a batch
            kept = await platform.Database.ReadAsync(session => session.ListAsync<string>("select log_id from api_call order by log_id"));
        }
        Assert.True(log.Dropped >= 500, $"{log.Dropped}");
        Assert.Equal(1_500, kept.Count + log.Dropped);
        Assert.Equal("1499", kept[^1]);
    }

    [Fact]
    public async Task What_waits_is_written_when_the_program_ends()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await platform.AppAsync();
        var lost = (await platform.RenewAsync(app, "rft.x")).Text("log_id");

        await platform.App.StopAsync();

        Assert.Equal(1, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from api_call where log_id = @lost", new { lost })));
    }

    [Fact]
    public async Task Without_faults_a_renewal_runs_no_more_statements_than_before()
    {
        var probe = new CountingProbe();
        await using var platform = await PlatformUnderTest.StartAsync(configure: builder => builder.Services.AddSingleton(_ => DatabaseUnderTest.Open(Engine.Sqlite, probe)), console: true);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var granted = await platform.GrantAsync(app, ada);
        await platform.Service<WriteRequestLog>().NowAsync();
        probe.Reset();

        await platform.RenewAsync(app, granted.Refresh);

        Assert.Equal(1, probe.Transactions);
    }

    private static LoggedCall Call(string logId) => new() { LogId = logId, At = 1, Place = ApiPlace.Token, Method = "POST", Status = 200, Code = "ok", DurationUs = 1, UserAgent = "" };

    /// <summary>Counts the transactions that answering calls begins.</summary>
    private sealed class CountingProbe : ITransactionProbe
    {
        private int transactions;

        public int Transactions => Volatile.Read(ref transactions);

        public void Reset() => Volatile.Write(ref transactions, 0);

        public Task BeforeAsync()
        {
            // The workers of the host look at their tables meanwhile.
            if (Environment.StackTrace.Contains("WatchCalls", StringComparison.Ordinal))
                Interlocked.Increment(ref transactions);
            return Task.CompletedTask;
        }

        public Task AfterCommitAsync() => Task.CompletedTask;
    }
}
