using System.ComponentModel.DataAnnotations;

namespace Holdfast.Platform.Requests;

/// <summary>How long calls are remembered: <c>HOLDFAST_Platform__Requests__…</c>.</summary>
internal sealed class RequestLogOptions
{
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Calls kept at most; the oldest go first.</summary>
    [Range(1, 100_000_000)]
    public int KeepAtMost { get; set; } = 200_000;

    /// <summary>Calls that may wait in memory for the next write; beyond, the oldest are dropped and counted.</summary>
    [Range(500, 1_000_000)]
    public int WaitAtMost { get; set; } = 20_000;
}
