namespace Holdfast.Simulation.Stage;

/// <summary>The clock of the machine Studio runs on. People and time servers set it; TikTok's is the world's.</summary>
internal sealed class HostClock
{
    /// <summary>How far it is ahead.</summary>
    public TimeSpan Offset { get; set; }
}

/// <summary>Time as one run of a program sees it: the machine's clock, and timers that do not fire while the process stands still.</summary>
internal sealed class NodeClock(VirtualClock world, HostClock host) : TimeProvider
{
    private readonly VirtualClock world = world;
    private readonly Queue<Action> waiting = new();

    /// <summary>The process is gone; nothing of it happens any more.</summary>
    public bool IsDead { get; set; }

    /// <summary>The process gets no turns (SIGSTOP, a frozen virtual machine). It does not know.</summary>
    public bool IsPaused { get; private set; }

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow() + host.Offset;

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, callback, state, dueTime, period);

    public Task After(TimeSpan span) => Task.Delay(span, this);

    /// <summary>Completes when the process next gets a turn: at once, after the pause, or never.</summary>
    public Task TurnAsync()
    {
        if (!IsPaused && !IsDead)
            return Task.CompletedTask;
        var turn = new TaskCompletionSource();
        Take(turn.SetResult);
        return turn.Task;
    }

    public void Pause() => IsPaused = true;

    /// <summary>Goes on where it stood: what should have happened meanwhile happens now, in that order.</summary>
    public void Resume()
    {
        IsPaused = false;
        while (!IsPaused && waiting.TryDequeue(out var turn))
            Take(turn);
    }

    private void Take(Action turn)
    {
        if (IsDead)
            return;
        if (IsPaused)
            waiting.Enqueue(turn);
        else
            turn();
    }

    private sealed class Timer : ITimer
    {
        private readonly ITimer inner;
        private int changes;

        public Timer(NodeClock node, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner = node.world.CreateTimer(_ =>
            {
                var asked = changes;
                node.Take(() =>
                {
                    // Set anew or given up while the process stood still.
                    if (asked == changes)
                        callback(state);
                });
            }, null, dueTime, period);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            changes++;
            return inner.Change(dueTime, period);
        }

        public void Dispose()
        {
            changes++;
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
