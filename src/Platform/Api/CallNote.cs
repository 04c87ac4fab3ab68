namespace Holdfast.Platform.Api;

/// <summary>What becomes known about a call while it is answered, for the request log: names and numbers, never what was sent.</summary>
internal sealed class CallNote(string place)
{
    public string Place => place;

    /// <summary>The key the caller named; the log keeps it only if there is such an app.</summary>
    public string? ClientKey { get; set; }

    public string? OpenId { get; set; }

    /// <summary>The id the answer carries.</summary>
    public string? LogId { get; set; }

    /// <summary>TikTok's code of the answer, <c>ok</c> included.</summary>
    public string? Code { get; set; }

    /// <summary>What the console did to it.</summary>
    public string? Fault { get; set; }

    /// <summary>The connection was cut on purpose: no answer reached the caller.</summary>
    public bool IsCut { get; set; }

    /// <summary>Not worth a line: a page that explains the call before it.</summary>
    public bool IsLeftOut { get; set; }
}
