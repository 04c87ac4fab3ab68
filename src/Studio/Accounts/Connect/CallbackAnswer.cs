namespace Holdfast.Studio.Accounts.Connect;

/// <summary>What became of a callback.</summary>
internal abstract record CallbackAnswer
{
    private CallbackAnswer() { }

    /// <summary>It belongs to this attempt, which says how it went.</summary>
    public sealed record Answered(ConnectAttempt Attempt) : CallbackAnswer;

    public sealed record TooLate : CallbackAnswer;

    /// <summary>Its state was not given out to this session: nothing was asked of TikTok.</summary>
    public sealed record NotOurs : CallbackAnswer;

    public sealed record NotACallback : CallbackAnswer;
}
