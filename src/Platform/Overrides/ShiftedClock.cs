namespace Holdfast.Platform.Overrides;

/// <summary>The composition root's clock, so far ahead or behind as the console says. Only what time it is shifts: timers and stretches run as they do.</summary>
internal sealed class ShiftedClock(TimeProvider inner) : TimeProvider
{
    private long offset;

    public TimeSpan Offset { get => TimeSpan.FromTicks(Interlocked.Read(ref offset)); set => Interlocked.Exchange(ref offset, value.Ticks); }

    /// <summary>What time it is without the console.</summary>
    public DateTimeOffset RealNow => inner.GetUtcNow();

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Offset;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
