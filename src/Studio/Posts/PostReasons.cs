using Holdfast.Domain.Posts;
using Holdfast.Shell.Components;
using Holdfast.Shell.Language;
using Holdfast.Studio.Notices;

namespace Holdfast.Studio.Posts;

/// <summary>What lists add to a post's state: its picture, and in a sentence why it does not go on.</summary>
internal static class PostReasons
{
    public static IconName IconOf(this PostView post) => post.State switch
    {
        PostState.Draft => IconName.Compose,
        PostState.Scheduled => post.IsAtRisk ? IconName.Warning : IconName.Clock,
        PostState.Checking or PostState.Initialised or PostState.Uploading => IconName.Upload,
        PostState.Processing => IconName.Refresh,
        PostState.Published => IconName.Check,
        PostState.InInbox => IconName.Inbox,
        PostState.Held => IconName.Pause,
        PostState.Unconfirmed => IconName.Help,
        PostState.Failed => IconName.Stop,
        PostState.Cancelled => IconName.Cross,
    };

    /// <summary><c>null</c> when there is nothing to explain.</summary>
    public static string? Reason(this PostView post, Texts texts) => post switch
    {
        { IsAtRisk: true } => NoticeWords.Foreseen(post.PrecheckProblem, texts),
        { State: PostState.Held, Hold: { } reason } => texts[$"posts.hold.{reason}"],
        { State: PostState.Failed } => texts[PostWords.ErrorKey(post.FailureCode)],
        { AsksPerson: true } => texts["posts.unconfirmed-asks"],
        { State: PostState.Unconfirmed } => texts["posts.unconfirmed-looks"],
        { State: PostState.InInbox } => texts["posts.in-inbox"],
        _ => null,
    };
}
