using Holdfast.Platform;
using Holdfast.Platform.Faults;
using Holdfast.Platform.Overrides;
using Holdfast.Platform.Weather;
using Holdfast.Shell.Language;
using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Weather;

/// <summary>Stories: what each does to an app, and that it ends.</summary>
public sealed class WeatherSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    public static TheoryData<string> Names => [.. Stories.All.Select(story => story.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_story_is_made_of_what_makes_sense_and_has_its_words(string name)
    {
        var (story, texts) = (Stories.Find(name)!, new TextTable(typeof(PlatformApp).Assembly));

        Assert.All(story.Faults, fault => Assert.Null(FaultRule.ProblemWith(fault)));
        Assert.All(story.Settings, setting => Assert.True(SettingTable.Find(setting.Name)?.Takes(setting.Value), setting.Name));
        Assert.All(story.Verdicts, reason => Assert.Null(VerdictRule.ProblemWith(new NewVerdict { FailReason = reason })));
        Assert.True(story.Faults.Count + story.Settings.Count + story.Verdicts.Count > 0);
        Assert.All((string[])["", ".what", ".shows"], part => Assert.True(texts.Has($"console.story.{name}{part}"), part));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_two_hour_outage_fails_everything_and_ends_when_it_is_stopped(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        await StartAsync(app, "two-hour-outage");

        Assert.Equal(503, (await app.UserInfoAsync()).Status);
        Assert.Equal(500, (await app.Platform.RenewAsync(app.App, "rft.any")).Status);
        await Assert.ThrowsAsync<HttpRequestException>(() => app.InitAsync(1_000));

        await app.Platform.DoAsync(HttpMethod.Delete, "/weather/two-hour-outage");
        Assert.Equal(200, (await app.UserInfoAsync()).Status);
        Assert.Equal(404, (await app.Platform.ConsoleAsync(HttpMethod.Delete, "/weather/two-hour-outage")).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_story_ends_by_itself_and_leaves_nothing(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        await StartAsync(app, "user-cap", "30m");
        await StartAsync(app, "slow-publish", "30m");
        await StartAsync(app, "moderation-failures", "30m");
        Assert.Equal("reached_active_user_cap", (await app.InitAsync(1_000)).Code);

        app.Platform.Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal("ok", (await app.InitAsync(1_000)).Code);
        Assert.Equal("0s", (await app.Platform.GetAsync("/settings")).Json.GetProperty("settings").GetProperty("processing_delay").GetProperty("value").GetString());
        for (var look = 0; look < 3; look++)
            await app.Platform.Service<HearConsole>().LookAsync(); // one story a look
        Assert.Equal((0, 0, 0, 0), (await CountAsync(app, "weather"), await CountAsync(app, "fault"), await CountAsync(app, "platform_setting"), await CountAsync(app, "post_verdict")));
    }

    [Fact]
    public async Task A_story_over_a_persons_setting_gives_it_back()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await app.Platform.DoAsync(HttpMethod.Put, "/settings", new { processing_delay = "7s" });
        await StartAsync(app, "slow-publish");
        Assert.Equal(("20m", "slow-publish"), await ValueAsync(app));
        await app.Platform.DoAsync(HttpMethod.Put, "/settings", new { processing_delay = "8s" });
        Assert.Equal("20m", (await ValueAsync(app)).Value);

        await app.Platform.DoAsync(HttpMethod.Delete, "/weather/slow-publish");

        Assert.Equal(("8s", null), await ValueAsync(app));
    }

    [Fact]
    public async Task Slow_publish_keeps_a_post_under_way_for_twenty_minutes_and_its_id_back_for_two_hours()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await StartAsync(app, "slow-publish");
        var clip = ConnectedApp.Clip();
        var begun = await app.InitAsync(clip.Length);
        await app.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}");

        app.Platform.Clock.Advance(TimeSpan.FromMinutes(19));
        Assert.Equal("PROCESSING_UPLOAD", (await app.StatusAsync(begun.Data("publish_id"))).Data("status"));
        app.Platform.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(("PUBLISH_COMPLETE", ""), await app.FinalAsync(begun.Data("publish_id")) is var done ? (done.Data("status"), done.Data("publicaly_available_post_id")) : default);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Moderation_failures_fail_one_post_after_the_other_until_they_are_stopped(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        await StartAsync(app, "moderation-failures");

        string[] reasons = [(await app.PostAsync(ConnectedApp.Clip())).Data("fail_reason"), (await app.PostAsync(ConnectedApp.Clip())).Data("fail_reason"), (await app.PostAsync(ConnectedApp.Clip())).Data("fail_reason"), (await app.PostAsync(ConnectedApp.Clip())).Data("fail_reason")];
        await app.Platform.DoAsync(HttpMethod.Delete, "/weather/moderation-failures");

        Assert.Equal(["spam_risk_text", "picture_size_check_failed", "spam_risk", "spam_risk"], reasons);
        Assert.Equal("PUBLISH_COMPLETE", (await app.PostAsync(ConnectedApp.Clip())).Data("status"));
    }

    [Fact]
    public async Task A_user_cap_is_told_by_creator_info_with_200_and_by_init_with_403()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await StartAsync(app, "user-cap");

        var asked = await app.CallAsync(HttpMethod.Post, "/v2/post/publish/creator_info/query/");

        Assert.Equal((200, "reached_active_user_cap"), (asked.Status, asked.Code));
        Assert.Equal((403, "reached_active_user_cap"), await app.InitAsync(1_000) is var begun ? (begun.Status, begun.Code) : default);
        Assert.Equal(200, (await app.UserInfoAsync()).Status);
    }

    [Fact]
    public async Task A_wrong_secret_refuses_every_token_request_and_no_call()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        var granted = await app.Platform.GrantAsync(app.App, app.Creator);
        await StartAsync(app, "wrong-secret");

        Assert.Equal((401, "invalid_client"), await app.Platform.RenewAsync(app.App, granted.Refresh) is var renewed ? (renewed.Status, renewed.Error) : default);
        Assert.Equal("invalid_client", (await app.Platform.RevokeAsync(app.App, granted.Access)).Error);
        Assert.Equal(200, (await app.UserInfoAsync()).Status);
        await app.Platform.DoAsync(HttpMethod.Delete, "/weather/wrong-secret");
        Assert.True((await app.Platform.RenewAsync(app.App, granted.Refresh)).IsGranted);
    }

    [Fact]
    public async Task Lost_answers_are_three_of_the_token_endpoint_and_three_of_each_init()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await StartAsync(app, "lost-answers");

        for (var call = 0; call < 3; call++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => app.Platform.RenewAsync(app.App, "rft.any"));
            await Assert.ThrowsAsync<HttpRequestException>(() => app.InitAsync(1_000));
        }

        Assert.Equal("invalid_grant", (await app.Platform.RenewAsync(app.App, "rft.any")).Error);
        Assert.Equal("ok", (await app.InitAsync(1_000)).Code);
        Assert.Equal(4, await CountAsync(app, "upload"));
    }

    [Fact]
    public async Task Starting_it_again_begins_it_anew_and_what_is_no_story_is_told()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        await StartAsync(app, "user-cap", "10m");
        await StartAsync(app, "user-cap", "20m");

        Assert.Equal(3, await CountAsync(app, "fault"));
        var missing = await app.Platform.ConsoleAsync(HttpMethod.Post, "/weather/frogs", "{}");
        Assert.Equal(404, missing.Status);
        Assert.Contains("two-hour-outage", missing.Error, StringComparison.Ordinal);
        Assert.Equal(400, (await app.Platform.ConsoleAsync(HttpMethod.Post, "/weather/user-cap", """{"for":"soon"}""")).Status);
    }

    private static Task<ConsoleReply> StartAsync(ConnectedApp app, string story, string? span = null) =>
        app.Platform.DoAsync(HttpMethod.Post, $"/weather/{story}", span is null ? new { } : new { @for = span });

    private static async Task<(string? Value, string? Story)> ValueAsync(ConnectedApp app) =>
        (await app.Platform.GetAsync("/settings")).Json.GetProperty("settings").GetProperty("processing_delay") is var one ? (one.GetProperty("value").GetString(), one.GetProperty("story").GetString()) : default;

    private static Task<long> CountAsync(ConnectedApp app, string table) => app.Platform.Database.ReadAsync(session => session.FirstAsync<long>($"select count(*) from {table}"));
}
