namespace Holdfast.Platform.Faults;

/// <summary>What happens to a call.</summary>
public enum FaultKind
{
    /// <summary>Refused before anything was done, with an HTTP status and TikTok's code.</summary>
    Status,

    /// <summary>A page as a proxy before the API sends it, instead of JSON.</summary>
    Html,

    /// <summary>Nothing is done and no answer comes: the connection is held, then closed.</summary>
    Timeout,

    /// <summary>The connection is cut before anything was done.</summary>
    Drop,

    /// <summary>Everything is done and committed, and then the connection is cut.</summary>
    LostAnswer,

    /// <summary>Done and answered, later.</summary>
    Slow,

    /// <summary>A bad hour: in turn a proxy's 503 page, a 500 in JSON and a cut connection.</summary>
    Outage,
}
