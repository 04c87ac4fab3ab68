using Holdfast.Domain.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>Posts follow their connection: when it ends they wait, when it is back each goes on, once.</summary>
internal sealed class HoldAndResume(PostRows rows) : IConnectionListener
{
    public Task EndedAsync(Session session, string connectionId, string workspaceId, HoldReason reason, DateTimeOffset now) =>
        ChangeAllAsync(session, connectionId, workspaceId, now, (post, at) => post.HoldFor(reason, at));

    public Task LiveAgainAsync(Session session, string connectionId, string workspaceId, DateTimeOffset now) =>
        ChangeAllAsync(session, connectionId, workspaceId, now, (post, at) => post.Resume(at));

    public async Task<DateTimeOffset?> NextNeedAsync(Session session, string connectionId) =>
        await session.FirstAsync<long?>("select min(next_step_at) from post where connection_id = @connectionId and state <> 'Held'", new { connectionId }) is { } next
            ? DateTimeOffset.FromUnixTimeMilliseconds(next)
            : null;

    /// <summary>Posts that wait for TikTok are due at once: each minute less is a minute less late. The late rule decides, as it does for every held post.</summary>
    public async Task AnswersAgainAsync(Session session, DateTimeOffset now)
    {
        await session.RunAsync("""
            update post set next_step_at = @now where state = 'Held' and hold in ('TikTokUnavailable', 'AppProblem') and next_step_at > @now and lease_until <= @leaseNow
            """, new { now, leaseNow = await session.LeaseNowAsync() });
        session.Signal(PostRows.DueTopic);
    }

    /// <summary>What is due may have gone out, and the rows do not know it any more: a person looks before it goes out again. Also what was due long before the backup was made: it waited then, and may have gone out since.</summary>
    public async Task RestoredAsync(Session session, DateTimeOffset since, DateTimeOffset now)
    {
        foreach (var before in await PostRows.HoldDueAsync(session, now))
        {
            var change = before.Post.HoldFor(HoldReason.Late, new PostContext(now, LateRule.Default));
            if (change.Post != before.Post)
                await rows.SaveAsync(session, before, before.With(change.Post), now, change.Entry, take: true);
        }
    }

    private async Task ChangeAllAsync(Session session, string connectionId, string workspaceId, DateTimeOffset now, Func<Post, PostContext, PostChange> decide)
    {
        var at = new PostContext(now, await PublishStore.LateRuleAsync(session, workspaceId));
        foreach (var before in await PostRows.HoldOpenAsync(session, workspaceId, connectionId))
        {
            var change = decide(before.Post, at);
            if (change.Post == before.Post)
                continue;
            // A worker that holds the row decided under other facts; it finds its claim gone and stops. One whose post is at TikTok keeps it.
            await rows.SaveAsync(session, before, before.With(change.Post), now, change.Entry,
                leaseUntil: change.Post.Trail.InitSentAt is null ? null : before.LeaseUntil, take: change.Post.Trail.InitSentAt is null);
        }
    }
}
