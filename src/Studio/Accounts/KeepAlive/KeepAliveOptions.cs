using System.ComponentModel.DataAnnotations;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Settings under <c>KeepAlive:</c>.</summary>
internal sealed class KeepAliveOptions
{
    /// <summary>Renewals that may leave in a minute, over all nodes.</summary>
    [Range(1, 60_000)]
    public int RenewalsPerMinute { get; set; } = 480;

    /// <summary>Renewals that one node has under way at once.</summary>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 4;

    /// <summary>How long nothing may be answered before that is an incident.</summary>
    public TimeSpan OpensAfter { get; set; } = Domain.Connections.Breaker.LongRun;

    public Domain.Connections.Pace Pace => new(RenewalsPerMinute);
}
