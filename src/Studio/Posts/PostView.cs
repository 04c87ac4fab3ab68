using Holdfast.Domain.Posts;

namespace Holdfast.Studio.Posts;

/// <summary>A post as pages show it.</summary>
public sealed record PostView
{
    public const string Columns = """
        p.id, p.version, p.state, p.hold, p.failure_code, p.failure_text, p.due_at, p.zone, p.caption, p.privacy, p.is_commercial, p.is_branded_content, p.connection_id, p.media_id, p.bytes_sent,
        p.init_sent_at, p.received_at, p.next_step_at, p.video_id, p.link, p.created_at, p.updated_at, p.precheck_problem,
        coalesce(c.display_name, '') as display_name, c.username, c.avatar_key, c.profile_link,
        coalesce(m.file_name, '') as media_name, coalesce(m.has_cover, false) as has_cover, coalesce(m.bytes, 0) as media_bytes
        """;

    public const string Source = """
        post p
        left join media m on m.id = p.media_id
        left join connection c on c.id = p.connection_id
        """;

    public string Id { get; init; } = "";
    public long Version { get; init; }
    public PostState State { get; init; }

    /// <summary>Why it waits; only when held.</summary>
    public HoldReason? Hold { get; init; }

    /// <summary>Only when failed: TikTok's word, and the key of the sentence for people.</summary>
    public string? FailureCode { get; init; }
    public string? FailureText { get; init; }

    /// <summary>Only when scheduled: what a look ahead found would keep it from going out.</summary>
    public string? PrecheckProblem { get; init; }

    /// <summary>Planned, and it would not go out as things stand.</summary>
    public bool IsAtRisk => State is PostState.Scheduled && PrecheckProblem is not null;

    /// <summary>When it goes out, or should have; null while nobody planned it.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>IANA name of the zone it was planned in.</summary>
    public string Zone { get; init; } = "";
    public string Caption { get; init; } = "";
    public string Privacy { get; init; } = "";
    public bool IsCommercial { get; init; }
    public bool IsBrandedContent { get; init; }
    public string? ConnectionId { get; init; }

    public string DisplayName { get; init; } = "";
    public string? Username { get; init; }
    public string? AvatarKey { get; init; }
    public string? ProfileLink { get; init; }
    public string? MediaId { get; init; }
    public string MediaName { get; init; } = "";
    public bool HasCover { get; init; }
    public long MediaBytes { get; init; }
    public long BytesSent { get; init; }
    public DateTimeOffset? InitSentAt { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }
    public DateTimeOffset? NextStepAt { get; init; }
    public string? VideoId { get; init; }

    /// <summary>The video's page, once TikTok told it.</summary>
    public string? Link { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What people call the account; empty while none is chosen.</summary>
    public string AccountName => DisplayName.Length > 0 ? DisplayName : Username is { Length: > 0 } ? $"@{Username}" : "";

    /// <summary>The account's picture on our own origin.</summary>
    public string? AvatarUrl => AvatarKey is null ? null : $"/accounts/{ConnectionId}/avatar?v={AvatarKey[(AvatarKey.LastIndexOf('-') + 1)..]}";

    /// <summary>The still for lists; null when there is none.</summary>
    public string? CoverUrl => MediaId is not null && HasCover ? $"/media/{MediaId}/cover" : null;

    public string Href => $"/posts/{Id}";

    /// <summary>Nothing of it is at TikTok, so it may be moved or changed.</summary>
    public bool CanEdit => InitSentAt is null
        && State is PostState.Draft or PostState.Scheduled or PostState.Checking or PostState.Held or PostState.Failed or PostState.Cancelled;

    /// <summary>Published, and TikTok has not named the public video yet.</summary>
    public bool IsLinkPending => State is PostState.Published && Link is null && PrivacyRule.HasLink(Privacy);

    /// <summary>Nobody could find out whether TikTok has it: a person looks at the profile and decides.</summary>
    public bool AsksPerson => State is PostState.Unconfirmed && NextStepAt is null;

    /// <summary>Whether the time shown is when it went out rather than when it should.</summary>
    public DateTimeOffset? ShownAt => State is PostState.Published ? ReceivedAt ?? DueAt : DueAt;
}
