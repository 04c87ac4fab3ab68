using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Specs.Studio.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Webhooks;
using Holdfast.TikTok.Webhooks;

namespace Holdfast.Specs.Studio.Webhooks;

/// <summary>What TikTok tells about posts only has them asked about sooner: nothing is believed that its status does not say.</summary>
public sealed class PostEventSpecs
{
    private const string StatusPath = "/v2/post/publish/status/fetch/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "P6")]
    public async Task P6_a_verdict_that_is_told_is_taken_over_at_once_and_not_at_the_next_slow_look(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var (id, publishId) = await CheckedForHoursAsync(studio);
        studio.TikTok.Videos.Add(("7001", "A pot", studio.Clock.GetUtcNow()));
        studio.TikTok.Verdict = "PUBLISH_COMPLETE";
        await studio.WorkAsync();
        Assert.Equal(PostState.Processing, await studio.StateAsync(id));

        await TellAsync(studio, "post.publish.complete", new WebhookContent.PostCompleted(publishId));
        await studio.WorkAsync();

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
    }

    [Fact]
    public async Task A_told_failure_that_the_status_does_not_confirm_changes_nothing()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var (id, publishId) = await CheckedForHoursAsync(studio);
        var looks = studio.TikTok.Count(StatusPath);

        await TellAsync(studio, "post.publish.failed", new WebhookContent.PostFailed(publishId, "internal"));
        await studio.WorkAsync();

        Assert.Equal((PostState.Processing, looks + 1, 1), (await studio.StateAsync(id), studio.TikTok.Count(StatusPath), studio.TikTok.Inits));
    }

    [Fact]
    public async Task An_event_of_another_account_wakes_no_post_of_ours_and_one_told_twice_wakes_it_once()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var (_, publishId) = await CheckedForHoursAsync(studio);
        var looks = studio.TikTok.Count(StatusPath);

        await TellAsync(studio, "post.publish.complete", new WebhookContent.PostCompleted(publishId), "open-of-somebody-else");
        await studio.WorkAsync();
        Assert.Equal(looks, studio.TikTok.Count(StatusPath));

        for (var i = 0; i < 3; i++)
        {
            await TellAsync(studio, "post.publish.complete", new WebhookContent.PostCompleted(publishId));
            await studio.WorkAsync();
        }
        Assert.Equal(looks + 1, studio.TikTok.Count(StatusPath));
    }

    [Fact]
    public async Task A_video_that_is_hidden_later_gets_a_line_in_the_posts_history()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync();
        await studio.WorkForAsync(TimeSpan.FromMinutes(1));

        await TellAsync(studio, "post.publish.no_longer_publicaly_available", new WebhookContent.NoLongerPubliclyAvailable(studio.TikTok.Attempts[0].PublishId, 7001));

        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal("NoLongerPublic", (await studio.CausesAsync(id))[^1]);
    }

    /// <summary>A post that TikTok has been checking for three hours, so that it is asked about every fifteen minutes.</summary>
    private static async Task<(string Id, string PublishId)> CheckedForHoursAsync(PublishingUnderTest studio)
    {
        studio.TikTok.Verdict = "PROCESSING_UPLOAD";
        var id = await studio.ScheduleAsync();
        await studio.WorkForAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1));
        Assert.Equal(PostState.Processing, await studio.StateAsync(id));
        return (id, studio.TikTok.Attempts[0].PublishId);
    }

    private static Task TellAsync(PublishingUnderTest studio, string name, WebhookContent content, string openId = "open-1") =>
        studio.Services.GetRequiredService<HearEvent>().RunAsync(new WebhookEvent("key", name, studio.Clock.GetUtcNow(), openId, content, $"{content}"));
}
