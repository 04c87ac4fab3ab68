using System.Diagnostics.CodeAnalysis;

namespace Holdfast.Specs;

/// <summary>A clock that moves only when told, and the one place where specs name the real one.</summary>
internal sealed class TestClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset now = start;
    private long passed = start.UtcTicks;

    [SuppressMessage("ApiDesign", "RS0030", Justification = "Specs against real processes and databases run on real time.")]
    public static new TimeProvider System => TimeProvider.System;

    public override DateTimeOffset GetUtcNow() => now;

    /// <summary>What passes between two instants is what the clock was moved by.</summary>
    public override long GetTimestamp() => passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by) => (now, passed) = (now + by, passed + by.Ticks);

    /// <summary>Somebody sets the machine's clock: no time passes.</summary>
    public void Leap(TimeSpan by) => now += by;

    /// <summary>From now on a wait is over at once and takes the clock along. Deadlines too: only where no answer is outstanding.</summary>
    public bool SkipsWaits { get; set; }

    /// <summary>From now on no wait ends by time: what goes on was woken by something else.</summary>
    public bool HoldsWaits { get; set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (HoldsWaits && dueTime > TimeSpan.Zero)
            dueTime = Timeout.InfiniteTimeSpan;
        if (SkipsWaits && dueTime > TimeSpan.Zero)
        {
            Advance(dueTime);
            dueTime = TimeSpan.Zero;
        }
        return base.CreateTimer(callback, state, dueTime, period);
    }
}
