namespace Holdfast.Domain.Trouble;

/// <summary>One answer to "why?".</summary>
/// <param name="Values">Fill the sentences: names, numbers, addresses, instants and spans; never a secret.</param>
/// <param name="AccountId">The connection it is about; null when it is about none.</param>
/// <param name="LogId">TikTok's reference, when it gave one.</param>
public sealed record Finding(Cause Cause, Certainty Certainty, IReadOnlyList<object> Values, string? AccountId = null, string? LogId = null)
{
    /// <summary>Seen in one person's try to connect: news of that try, however the installation stands.</summary>
    public bool IsOfOneTry { get; init; }

    public static Finding Found(Cause cause, params IReadOnlyList<object> values) => new(cause, Certainty.Found, values);

    public static Finding Likely(Cause cause, params IReadOnlyList<object> values) => new(cause, Certainty.Likely, values);

    public static Finding Note(Cause cause, params IReadOnlyList<object> values) => new(cause, Certainty.Note, values);
}

/// <summary>How sure we are.</summary>
public enum Certainty
{
    /// <summary>Seen: this stands in the way.</summary>
    Found,

    /// <summary>Fits everything we see, and cannot be proven from here.</summary>
    Likely,

    /// <summary>Good to know; it does not explain the problem by itself.</summary>
    Note,
}
