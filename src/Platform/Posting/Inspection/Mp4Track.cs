namespace Holdfast.Platform.Posting.Inspection;

/// <summary>What the boxes of one track said.</summary>
internal sealed class Mp4Track
{
    public uint Id { get; set; }
    public string Handler { get; set; } = "";
    public string? Codec { get; set; }
    public int Width { get; set; }
    public int Height { get; set; }
    public uint Timescale { get; set; }

    /// <summary>From <c>trex</c>: a fragment's sample lasts this long unless it says otherwise.</summary>
    public uint DefaultSampleDuration { get; set; }

    public long Samples { get; set; }

    /// <summary>In units of <see cref="Timescale"/>.</summary>
    public long Ticks { get; set; }

    public TimeSpan? Duration => Timescale > 0 && Ticks > 0 ? Seconds(Ticks / (double)Timescale) : null;

    public double? FramesPerSecond => Duration is { } duration && Samples > 0 ? Samples / duration.TotalSeconds : null;

    /// <summary>A span that no number in a file can overflow.</summary>
    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e9));
}
