using System.ComponentModel.DataAnnotations;

namespace Holdfast.Shell.Outside;

/// <summary>Which addresses that developers give may be called: <c>HOLDFAST_Platform__Outside__…</c>.</summary>
public sealed class OutsideOptions
{
    /// <summary>Callbacks and media on this machine, also over http. Default: only while the Platform itself listens on loopback, where developers and it share the machine.</summary>
    public bool? AllowLoopback { get; set; }

    /// <summary>Takes media from every host, verified or not (§5.9). Counts only while the Platform listens on loopback.</summary>
    public bool AllowUnverified { get; set; }

    /// <summary>Ports beside 443. An odd port is where inner services live.</summary>
    public int[] ExtraPorts { get; set; } = [];

    /// <summary>Address and port of the name server that is asked for TXT records; default: the first in <c>/etc/resolv.conf</c>.</summary>
    public string? NameServer { get; set; }

    /// <summary>How long a whole call may take, from the name to the last byte of the answer.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);
}
