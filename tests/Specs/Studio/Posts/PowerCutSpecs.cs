using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Posts.Publishing;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>What a start does about the work that the power cut off.</summary>
public sealed class PowerCutSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_start_goes_on_with_a_post_at_once_where_nobody_else_can_be_at_work_on_it(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var id = await studio.ScheduleAsync();
        Assert.NotNull(await studio.Services.GetRequiredService<PublishStore>().ClaimAsync(uploads: false, default)); // and then the power goes

        await LeftBehind.FreeAsync(studio.Database, studio.Services.GetServices<IDueWork>());
        await studio.WorkForAsync(TimeSpan.FromSeconds(30));

        // On PostgreSQL the claim may be another node's, so it is waited for.
        Assert.Equal(engine is Engine.Sqlite ? PostState.Published : PostState.Scheduled, await studio.StateAsync(id));
        await studio.WorkForAsync(PublishStore.Lease);
        Assert.Equal(PostState.Published, await studio.StateAsync(id));
        Assert.Equal(1, studio.TikTok.Inits);
    }

    [Fact]
    public async Task A_post_cut_off_in_the_middle_of_its_init_is_looked_for_first_and_goes_out_once()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var id = await studio.ScheduleAsync();
        studio.TikTok.After = (path, answer) =>
        {
            if (path == "/v2/post/publish/video/init/")
                studio.CrashAt(0, afterCommit: false); // the answer comes, and nobody lives to save it
            return answer;
        };
        await studio.CrashAsync();
        studio.TikTok.After = (_, answer) => answer;

        await LeftBehind.FreeAsync(studio.Database, studio.Services.GetServices<IDueWork>());
        await studio.WorkForAsync(TimeSpan.FromSeconds(30));

        Assert.Equal((PostState.Unconfirmed, 1), (await studio.StateAsync(id), studio.TikTok.Inits));
    }

    [Fact]
    public async Task A_renewal_that_the_power_cut_off_keeps_its_claim_since_its_question_may_still_be_under_way()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        await studio.Database.WriteAsync(session => session.RunAsync("update connection set renew_at = @now where id = @ConnectionId", new { studio.ConnectionId, now = studio.Clock.GetUtcNow() }));
        var renewals = studio.Services.GetRequiredService<RenewConnection>();
        Assert.NotNull(await renewals.ClaimDueAsync(default));

        await LeftBehind.FreeAsync(studio.Database, studio.Services.GetServices<IDueWork>());

        Assert.Null(await renewals.ClaimDueAsync(default));
        studio.Clock.Advance(RenewConnection.Lease);
        Assert.NotNull(await renewals.ClaimDueAsync(default));
    }
}
