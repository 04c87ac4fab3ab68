using Holdfast.Domain.Posts;
using Holdfast.Shell.Components;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Holdfast.TikTok.Posting;

namespace Holdfast.Studio.Posts;

/// <summary>What pages say about a post, and how loudly.</summary>
internal static class PostWords
{
    private static readonly HashSet<string> Audiences = [PrivacyLevels.Everyone, PrivacyLevels.MutualFriends, PrivacyLevels.Followers, PrivacyLevels.OnlyMe];

    public static Tone ToneOf(this PostView post) => post.State switch
    {
        PostState.Draft or PostState.Cancelled => Tone.Neutral,
        PostState.Scheduled => post.IsAtRisk ? Tone.Warning : Tone.Info,
        PostState.Checking or PostState.Initialised or PostState.Uploading or PostState.Processing => Tone.Busy,
        PostState.Published => Tone.Good,
        PostState.InInbox or PostState.Held or PostState.Unconfirmed => Tone.Warning,
        PostState.Failed => Tone.Bad,
    };

    /// <summary>The state in a word or two; a held post says what it waits for.</summary>
    public static string Word(this PostView post, Texts texts, DateTimeOffset now) => post switch
    {
        { IsAtRisk: true } => texts["posts.state.at-risk"],
        { State: PostState.Held, Hold: { } reason } => texts[$"posts.waits.{reason}"],
        { State: PostState.Processing, ReceivedAt: { } since } when now - since >= PollRule.SlowAfter => texts["posts.state.slow"],
        _ => texts[$"posts.state.{post.State}"],
    };

    /// <summary>The state's name for scripts and tests.</summary>
    public static string Name(this PostView post) => post.State switch
    {
        PostState.Initialised => "uploading",
        PostState.InInbox => "in-inbox",
        var other => $"{other}".ToLowerInvariant(),
    };

    public static string Title(this PostView post, Texts texts) => post.Caption.Length > 0 ? post.Caption : texts["posts.no-caption"];

    public static string Audience(Texts texts, string privacy) => Audiences.Contains(privacy) ? texts[$"posts.audience.{privacy}"] : privacy;

    /// <summary>The sentence for one of TikTok's codes.</summary>
    public static string ErrorKey(string? code) => code is not null && Known.Value.Contains(code) ? $"posts.error.{code}" : "posts.error.unknown";

    /// <summary>TikTok's word and its reference, whichever there is: a code of ours is none of its words.</summary>
    public static string? Said(Texts texts, string? code, string? logId) =>
        CodeOrigin.IsTikToks(code) ? texts["posts.tiktok-said", code!, logId ?? "–"] : logId is null ? null : texts["posts.log-id", logId]; // it is one

    /// <summary>The sentence for a line of a post's history.</summary>
    public static string EventKey(this PostEvent moment) => moment.Cause.StartsWith("error.", StringComparison.Ordinal) ? $"posts.{moment.Cause}" : $"posts.event.{moment.Cause}";

    public static Tone ToneOf(this PostEvent moment) => moment.State switch
    {
        PostState.Published => Tone.Good,
        PostState.Failed => Tone.Bad,
        PostState.Held or PostState.Unconfirmed => Tone.Warning,
        PostState.Draft or PostState.Cancelled => Tone.Neutral,
        _ => Tone.Info,
    };

    private static readonly Lazy<HashSet<string>> Known = new(() =>
        [.. Holdfast.Domain.Errors.ErrorTables.Api.All.Concat(Holdfast.Domain.Errors.ErrorTables.FailReasons.All).Select(rule => rule.Code)]);
}
