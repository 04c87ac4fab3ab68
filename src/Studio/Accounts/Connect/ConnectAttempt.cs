namespace Holdfast.Studio.Accounts.Connect;

/// <summary>One press of "Connect", from the link to the answer.</summary>
public sealed record ConnectAttempt
{
    /// <summary>As <see cref="Error"/>: the account that signed in has a connection of its own here, <see cref="ResultId"/>.</summary>
    internal const string ConnectedBeside = "connected-beside";

    public string Id { get; init; } = "";
    public string WorkspaceId { get; init; } = "";
    public string PersonId { get; init; } = "";

    /// <summary>The connection to revive; <c>null</c> takes whichever account signs in.</summary>
    public string? ConnectionId { get; init; }

    /// <summary>Set when a window of its own was opened for it.</summary>
    public string? Ticket { get; init; }
    public byte[]? Verifier { get; init; }
    public string ClientKey { get; init; } = "";
    public string RedirectUri { get; init; } = "";

    /// <summary>The platform it was sent to: scheme, host and port. <c>null</c> on attempts of former versions.</summary>
    public string? Issuer { get; init; }

    /// <summary>One of <see cref="AttemptVia"/>.</summary>
    public string Via { get; init; } = AttemptVia.Page;

    /// <summary>The invitation it came by.</summary>
    public string? LinkId { get; init; }
    public string Status { get; init; } = "";

    /// <summary>TikTok's word, or one of ours.</summary>
    public string? Error { get; init; }

    /// <summary>TikTok's sentence.</summary>
    public string? ErrorText { get; init; }
    public string? LogId { get; init; }
    public string? ExpectedName { get; init; }
    public string? GotName { get; init; }
    public string? ResultId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>When it was over; while the code is exchanged, when that began.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Our start page was asked for; <c>null</c> when the window never came that far.</summary>
    public DateTimeOffset? ReachedAt { get; init; }

    /// <summary>The browser was sent on to TikTok.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Our start page still stood long after that.</summary>
    public DateTimeOffset? StuckAt { get; init; }

    /// <summary>The waiting page could not reach TikTok from this browser.</summary>
    public DateTimeOffset? UnreachableAt { get; init; }

    public bool IsUnderWay => Status is AttemptStatus.Waiting or AttemptStatus.Exchanging;

    /// <summary>Ended with an answer that somebody waits for.</summary>
    public bool IsOver => !IsUnderWay && Status is not AttemptStatus.NotOpened;

    /// <summary>Where the person goes on once it is over.</summary>
    public string Target => LinkId is not null ? $"/connect/guest?attempt={Id}"
        : Status is AttemptStatus.Connected && ResultId is not null ? $"/accounts/{ResultId}?connected={Id}"
        : $"/accounts?attempt={Id}";

    internal const string Columns = """
        id, workspace_id, person_id, connection_id, ticket, verifier, client_key, redirect_uri, status, error, error_text, log_id,
        expected_name, got_name, result_id, created_at, ends_at, finished_at, issuer, via, link_id, reached_at, sent_at, stuck_at, unreachable_at
        """;
}

/// <summary>The stored words.</summary>
internal static class AttemptStatus
{
    public const string Waiting = "waiting";

    /// <summary>The code is being exchanged; whoever loads the callback again waits for that.</summary>
    public const string Exchanging = "exchanging";
    public const string Connected = "connected";
    public const string Cancelled = "cancelled";

    /// <summary>Another account signed in than the one to be revived.</summary>
    public const string OtherAccount = "other-account";
    public const string Failed = "failed";

    /// <summary>The browser opened no window, or one that never came to us; its error says which (<see cref="WindowMark"/>).</summary>
    public const string NotOpened = "not-opened";
}

/// <summary>How TikTok was to be reached, as stored.</summary>
internal static class AttemptVia
{
    public const string Page = "page";
    public const string Window = "window";
    public const string Qr = "qr";
    public const string Link = "link";
}
