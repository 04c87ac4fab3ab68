using System.Text.Json;

namespace Holdfast.Studio.Notices;

/// <summary>A notice as stored, with what its sentence says of the account and the post today.</summary>
public record NoticeRow
{
    public const string Columns = """
        n.id, n.workspace_id, n.kind, n.cause, n.connection_id, n.post_id, n.log_id, n.facts, n.useful_until, n.made_at, n.next_step_at, n.told_at, n.escalated_at, n.solved_at,
        w.name as workspace_name, w.zone, w.escalate_hours, w.escalate_to, c.display_name, c.username, c.state as connection_state, c.refresh_ends_at, p.caption, p.due_at,
        case when n.kind in ('NeedsSignIn', 'Restricted') and n.solved_at is null
          then (select count(*) from post q where q.connection_id = n.connection_id and q.workspace_id = n.workspace_id and q.state = 'Held') else 0 end as waiting
        """;

    public const string Source = """
        notice n
        join workspace w on w.id = n.workspace_id
        left join connection c on c.id = n.connection_id and c.workspace_id = n.workspace_id
        left join post p on p.id = n.post_id and p.workspace_id = n.workspace_id
        """;

    public string Id { get; init; } = "";
    public string WorkspaceId { get; init; } = "";
    public Occasion Kind { get; init; }
    public string? Cause { get; init; }
    public string? ConnectionId { get; init; }
    public string? PostId { get; init; }
    public string? LogId { get; init; }
    public string Facts { get; init; } = "[]";
    public DateTimeOffset? UsefulUntil { get; init; }
    public DateTimeOffset MadeAt { get; init; }
    public DateTimeOffset? NextStepAt { get; init; }

    /// <summary>When members were told as they chose.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>When a second person was told.</summary>
    public DateTimeOffset? EscalatedAt { get; init; }

    /// <summary>When the cause was gone.</summary>
    public DateTimeOffset? SolvedAt { get; init; }

    public string WorkspaceName { get; init; } = "";
    public string Zone { get; init; } = "";
    public long? EscalateHours { get; init; }
    public string? EscalateTo { get; init; }
    public string? DisplayName { get; init; }
    public string? Username { get; init; }
    public string? ConnectionState { get; init; }
    public DateTimeOffset? RefreshEndsAt { get; init; }
    public string? Caption { get; init; }
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How many posts wait for the account.</summary>
    public long Waiting { get; init; }

    /// <summary>The reader has seen it.</summary>
    public bool IsRead { get; init; }

    public IReadOnlyList<string> FactList => JsonSerializer.Deserialize<string[]>(Facts) ?? [];
}
