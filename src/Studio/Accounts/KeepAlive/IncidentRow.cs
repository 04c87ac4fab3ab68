namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>One problem of the app, from its first sign to its end.</summary>
public sealed record IncidentRow
{
    internal const string Columns = "id, cause, log_id, began_at, last_at, times, ended_at, (select count(*) from incident_felt where incident_id = incident.id) as felt";

    public string Id { get; init; } = "";
    public string Cause { get; init; } = "";

    /// <summary>TikTok's latest.</summary>
    public string? LogId { get; init; }

    public DateTimeOffset BeganAt { get; init; }
    public DateTimeOffset LastAt { get; init; }

    /// <summary>How often it was met.</summary>
    public long Times { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How many connections felt it.</summary>
    public long Felt { get; init; }
}
