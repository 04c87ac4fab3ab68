using Holdfast.Domain.Posts;
using Holdfast.Shell.Components;
using Holdfast.Shell.Language;

namespace Holdfast.Studio.Posts.Words;

/// <summary>A post's state as every page says it: word, colour, picture and the sentence behind it.</summary>
internal static class PostWords
{
    public static string State(this Texts texts, PostState state) => texts[$"posts.words.state.{state}"];

    /// <summary>Why it waits; with <paramref name="account"/>, whose account has to act.</summary>
    public static string Hold(this Texts texts, HoldReason reason, string account) =>
        texts[$"posts.words.hold.{reason}", account.Length > 0 ? account : texts["posts.words.account"]];

    /// <param name="key">What the rules named the failure.</param>
    public static string Failure(this Texts texts, string? key) =>
        texts[$"posts.words.failure.{(key?.StartsWith("error.", StringComparison.Ordinal) is true ? key["error.".Length..] : "unknown")}"];

    public static Tone Tone(this PostState state) => state switch
    {
        PostState.Draft or PostState.Cancelled => Holdfast.Shell.Components.Tone.Neutral,
        PostState.Scheduled => Holdfast.Shell.Components.Tone.Info,
        PostState.Checking or PostState.Initialised or PostState.Uploading or PostState.Processing => Holdfast.Shell.Components.Tone.Busy,
        PostState.Published => Holdfast.Shell.Components.Tone.Good,
        PostState.InInbox or PostState.Held or PostState.Unconfirmed => Holdfast.Shell.Components.Tone.Warning,
        PostState.Failed => Holdfast.Shell.Components.Tone.Bad,
    };

    public static IconName Icon(this PostState state) => state switch
    {
        PostState.Draft => IconName.Compose,
        PostState.Scheduled => IconName.Clock,
        PostState.Checking or PostState.Initialised or PostState.Uploading => IconName.Upload,
        PostState.Processing => IconName.Refresh,
        PostState.Published => IconName.Check,
        PostState.InInbox => IconName.Inbox,
        PostState.Held => IconName.Pause,
        PostState.Unconfirmed => IconName.Help,
        PostState.Failed => IconName.Stop,
        PostState.Cancelled => IconName.Cross,
    };
}
