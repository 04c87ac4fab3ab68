namespace Holdfast.Simulation.Stage;

/// <summary>Time that moves only from one due timer to the next, on the one thread that turns it.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Timer, (long Due, long Sequence)> due = new();
    private long now = start.UtcTicks;
    private long sequence;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    public override long GetTimestamp() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state, period);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes after <paramref name="span"/> of virtual time, on the pump's thread.</summary>
    public Task After(TimeSpan span) => Task.Delay(span, this);

    /// <summary>Runs the next timer that is due before <paramref name="end"/>; <c>false</c> when there is none.</summary>
    public bool RunNext(DateTimeOffset end)
    {
        while (due.TryPeek(out var timer, out var at))
        {
            if (at.Due > end.UtcTicks)
                return false;
            due.Dequeue();
            if (!timer.IsFor(at.Sequence))
                continue; // changed or disposed since
            now = Math.Max(now, at.Due);
            timer.Fire();
            return true;
        }
        return false;
    }

    /// <summary>Everything that waited is gone: the whole world lost its power.</summary>
    public void Forget() => due.Clear();

    public void JumpTo(DateTimeOffset end) => now = Math.Max(now, end.UtcTicks);

    private sealed class Timer(VirtualClock clock, TimerCallback callback, object? state, TimeSpan period) : ITimer
    {
        private TimeSpan period = period;
        private long waitingFor = -1;

        public bool IsFor(long sequence) => waitingFor == sequence;

        public void Fire()
        {
            waitingFor = -1;
            if (period > TimeSpan.Zero)
                Change(period, period);
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            period = newPeriod;
            waitingFor = -1;
            if (dueTime < TimeSpan.Zero)
                return true;
            waitingFor = clock.sequence++;
            clock.due.Enqueue(this, (clock.now + dueTime.Ticks, waitingFor));
            return true;
        }

        public void Dispose() => waitingFor = -1;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
