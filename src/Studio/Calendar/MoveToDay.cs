using System.Diagnostics;
using Holdfast.Domain.Planning;
using Holdfast.Domain.Posts;
using Holdfast.Studio.Posts;

namespace Holdfast.Studio.Calendar;

/// <summary>Moves a post to another day and leaves its time on the workspace's wall clock as it is.</summary>
internal sealed class MoveToDay(PostStore posts, TimeProvider clock)
{
    /// <param name="expectedVersion">The post as the person saw it; another one is refused.</param>
    public async Task<MoveAnswer> RunAsync(string workspaceId, string zone, string postId, DateOnly day, long expectedVersion, string by, CancellationToken aborted)
    {
        if (await posts.FindAsync(workspaceId, postId, aborted) is not { } post)
            return new MoveAnswer.Gone();
        if (!CanMove(post))
            return new MoveAnswer.TooLate(post.State);
        if (post.Version != expectedVersion)
            return new MoveAnswer.ChangedMeanwhile();
        if (post.DueAt is not { } dueAt)
            return new MoveAnswer.NoTime();

        var planned = PlannedTime.At(dueAt, zone);
        if (planned.Day == day)
            return new MoveAnswer.Stayed(dueAt);
        var target = planned.On(day).Resolve();
        if (target.At <= clock.GetUtcNow())
            return new MoveAnswer.Past();

        // The version ties the answer to what was read above: whoever changed the post since then wins.
        return await posts.MoveAsync(workspaceId, postId, target.At, expectedVersion, by, aborted) switch
        {
            ChangeAnswer.Done => new MoveAnswer.Moved(target.At, target.WallClock),
            ChangeAnswer.Gone => new MoveAnswer.Gone(),
            ChangeAnswer.ChangedMeanwhile => new MoveAnswer.ChangedMeanwhile(),
            ChangeAnswer.TooLate => new MoveAnswer.TooLate((await posts.FindAsync(workspaceId, postId, aborted))?.State ?? post.State),
            var other => throw new UnreachableException($"No answer for {other}."),
        };
    }

    /// <summary>Whether pages offer to move it: what failed or was cancelled is taken up again on its own page.</summary>
    public static bool CanMove(PostView post) => post.CanEdit && post.State is PostState.Draft or PostState.Scheduled or PostState.Held;
}
