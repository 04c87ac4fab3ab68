using System.Collections.Immutable;
using Holdfast.Domain.Connections;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Which of TikTok's two sides a breaker watches. The names are stored.</summary>
internal enum Lane
{
    /// <summary>The token endpoint: an open breaker holds renewals back.</summary>
    Tokens,

    /// <summary>Every other call. It holds nothing back, since each has its own retries; it notices.</summary>
    Calls,
}

/// <summary>A breaker as stored.</summary>
internal sealed record BreakerRow
{
    public const string Columns = "failing_since, failed_at, failures, failing, answered_at, opened_at, probes, probe_at, quiet_until";

    public DateTimeOffset? FailingSince { get; init; }
    public DateTimeOffset? FailedAt { get; init; }
    public long Failures { get; init; }
    public string Failing { get; init; } = "";
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    public long Probes { get; init; }
    public DateTimeOffset? ProbeAt { get; init; }
    public DateTimeOffset? QuietUntil { get; init; }

    public Breaker ToDomain() => new(
        FailingSince, FailedAt, (int)Failures, [.. Failing.Split(',', StringSplitOptions.RemoveEmptyEntries)], AnsweredAt, OpenedAt, (int)Probes, ProbeAt, QuietUntil);
}
