namespace Holdfast.Domain.Posts;

/// <summary>Where a post stands on its way to TikTok.</summary>
public enum PostState
{
    Draft,

    /// <summary>Waits for its time.</summary>
    Scheduled,

    /// <summary>Its time has come: the account is asked what it may post, then the init goes out.</summary>
    Checking,

    /// <summary>TikTok knows the post and gave an upload address; no byte is acknowledged.</summary>
    Initialised,

    Uploading,

    /// <summary>TikTok has every byte and has not decided.</summary>
    Processing,

    /// <summary>Out. The link may follow later.</summary>
    Published,

    /// <summary>The draft waits in the person's TikTok inbox.</summary>
    InInbox,

    /// <summary>Waits with a <see cref="HoldReason"/>.</summary>
    Held,

    /// <summary>The init was sent and nobody saw the answer.</summary>
    Unconfirmed,

    Failed,
    Cancelled,
}
