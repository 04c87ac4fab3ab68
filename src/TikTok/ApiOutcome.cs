namespace Holdfast.TikTok;

/// <summary>What came back from a call with an access token.</summary>
/// <typeparam name="T">The value of a success.</typeparam>
public abstract record ApiOutcome<T>
{
    private ApiOutcome() { }

    /// <summary>TikTok did it: <c>error.code</c> is <c>ok</c>.</summary>
    /// <param name="Value">The answer's data.</param>
    /// <param name="LogId">TikTok's id of the call, when told.</param>
    public sealed record Ok(T Value, string? LogId) : ApiOutcome<T>;

    /// <summary>TikTok says no; nothing has changed there.</summary>
    /// <param name="Error">Code, message and <c>log_id</c>.</param>
    public sealed record Refused(TikTokError Error) : ApiOutcome<T>;

    /// <summary>No answer that can be trusted; ask for the state before repeating anything that has an effect.</summary>
    /// <param name="Answer">What is known.</param>
    public sealed record Unknown(UnknownAnswer Answer) : ApiOutcome<T>;
}
