using Holdfast.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Posting;

public sealed class VerdictSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    public static TheoryData<string> Reasons => [.. FailReason.All];

    [Theory, MemberData(nameof(Reasons))]
    public async Task A_post_fails_for_the_reason_that_was_decided_and_the_app_hears_it(string reason)
    {
        await using var client = await ConnectedApp.OpenAsync(console: true);
        await client.ListenAsync();
        await DecideAsync(client, reason);
        var status = await client.PostAsync(ConnectedApp.Clip());
        Assert.Equal(("FAILED", reason), (status.Data("status"), status.Data("fail_reason")));
        Assert.Equal(reason, Assert.Single(await client.EventsAsync()).Content.GetProperty("reason").GetString());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_verdict_hits_as_often_as_it_says(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine, console: true);
        await DecideAsync(client, "spam_risk", times: 1);
        Assert.Equal("spam_risk", (await client.PostAsync(ConnectedApp.Clip())).Data("fail_reason"));
        Assert.Equal("PUBLISH_COMPLETE", (await client.PostAsync(ConnectedApp.Clip())).Data("status"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_narrowest_row_counts_and_others_are_not_concerned(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine, console: true);
        var bruno = await ConnectedApp.CreatorAsync(client.Platform, "bruno");
        await DecideAsync(client, "internal");
        await DecideAsync(client, "spam_risk_text", app: client.App.Id, creator: client.Creator.Id, times: 1);
        await DecideAsync(client, "spam_risk", creator: bruno.Id);
        Assert.Equal("spam_risk_text", (await client.PostAsync(ConnectedApp.Clip())).Data("fail_reason"));
        Assert.Equal("internal", (await client.PostAsync(ConnectedApp.Clip())).Data("fail_reason"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_verdict_acts_until_its_end_and_no_longer_whoever_has_swept_it_away_or_not(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine, console: true);
        await DecideAsync(client, "spam_risk");
        await client.Platform.Database.WriteAsync(session => session.RunAsync("update post_verdict set processing_ms = 3600000, ends_at = @now", new { now = client.Platform.Clock.GetUtcNow() }));
        Assert.Equal("PUBLISH_COMPLETE", (await client.PostAsync(ConnectedApp.Clip())).Data("status"));
    }

    [Fact]
    public async Task Where_there_is_no_console_what_one_left_behind_acts_on_nothing()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await DecideAsync(client, "spam_risk");
        await client.Platform.Database.WriteAsync(session => session.RunAsync("update post_verdict set processing_ms = 3600000, moderation_ms = 3600000"));
        var status = await client.PostAsync(ConnectedApp.Clip());
        Assert.Equal("PUBLISH_COMPLETE", status.Data("status"));
        Assert.NotEqual("", status.Data("publicaly_available_post_id"));
    }

    [Fact]
    public async Task A_video_that_is_no_video_fails_for_that_and_spends_no_verdict()
    {
        await using var client = await ConnectedApp.OpenAsync(console: true);
        await DecideAsync(client, "spam_risk", times: 1);
        Assert.Equal("file_format_check_failed", (await client.PostAsync("no video at all"u8.ToArray())).Data("fail_reason"));
        Assert.Equal("spam_risk", (await client.PostAsync(ConnectedApp.Clip())).Data("fail_reason"));
    }

    [Fact]
    public async Task Delays_of_a_row_replace_the_settings()
    {
        await using var client = await ConnectedApp.OpenAsync(console: true);
        await client.ListenAsync();
        await client.Platform.Database.WriteAsync(session => session.RunAsync("insert into post_verdict (id, processing_ms, moderation_ms, created_at) values ('slow', 60000, 3600000, 0)"));
        var clip = ConnectedApp.Clip();
        var publishId = (await client.InitAsync(clip.Length)) is var begun && (await client.PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}")).Status == 201 ? begun.Data("publish_id") : "";
        await client.Platform.Service<ProcessUploads>().RunDueAsync(CancellationToken.None);
        Assert.Equal("PROCESSING_UPLOAD", (await client.StatusAsync(publishId)).Data("status"));

        client.Platform.Clock.Advance(TimeSpan.FromMinutes(1));
        var status = await client.FinalAsync(publishId);
        Assert.Equal(("PUBLISH_COMPLETE", ""), (status.Data("status"), status.Data("publicaly_available_post_id")));
        Assert.Equal(["post.publish.complete"], (await client.EventsAsync()).Select(told => told.Name));

        client.Platform.Clock.Advance(TimeSpan.FromHours(1));
        await DraftSpecs.UntilAsync(async () => !await client.Platform.Service<Announcements>().RunDueAsync(CancellationToken.None));
        Assert.NotEqual("", (await client.StatusAsync(publishId)).Data("publicaly_available_post_id"));
        Assert.Equal(["post.publish.complete", "post.publish.publicly_available"], (await client.EventsAsync()).Select(told => told.Name));
    }

    internal static Task DecideAsync(ConnectedApp client, string reason, string? app = null, string? creator = null, long? times = null) => client.Platform.Database.WriteAsync(session => session.RunAsync(
        "insert into post_verdict (id, app_id, creator_id, fail_reason, times_left, created_at) values (@id, @app, @creator, @reason, @times, 0)",
        new { id = client.Platform.Service<Ulids>().Next(), app, creator, reason, times }));
}
