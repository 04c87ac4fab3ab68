using Holdfast.Storage.Work;

namespace Holdfast.Simulation.Stage;

/// <summary>Turns the world: due timers, woken workers, and a look at every row now and then, all on one thread.</summary>
internal sealed class Pump
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Net = TimeSpan.FromHours(1);
    private const int LongestBurst = 200_000;

    private readonly VirtualClock clock;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly Dictionary<IDueWork, int> running = [];
    private readonly HashSet<IDueWork> woken = [];
    private readonly List<Program> programs = [];
    private readonly Trace trace;

    public Pump(VirtualClock clock, Trace trace)
    {
        this.clock = clock;
        this.trace = trace;
    }

    /// <summary>Failures of workers, which a real host would log and try again.</summary>
    public List<string> Failures { get; } = [];

    public Func<Task>? EveryTick { get; set; }

    public void Add(Program program)
    {
        programs.Add(program);
        Hear(program);
    }

    /// <summary>A restarted program has new workers and a new door.</summary>
    public void Hear(Program program)
    {
        foreach (var work in program.Work)
            woken.Add(work);
        program.Data.Signals.Listen(_ => true, topic =>
        {
            foreach (var work in program.Work.Where(work => work.Topic == topic))
                woken.Add(work);
        });
    }

    public void RunUntil(DateTimeOffset end)
    {
        while (clock.GetUtcNow() < end)
        {
            var next = Earlier(clock.GetUtcNow() + Tick, end);
            Settle();
            for (var steps = 0; clock.RunNext(next); Settle())
            {
                if (++steps > LongestBurst)
                    throw new InvalidOperationException($"The world does not come to rest at {clock.GetUtcNow():u}.");
            }
            clock.JumpTo(next);
            _ = EveryTick?.Invoke();
            foreach (var work in programs.Where(program => IsNet(next) || program.HasDue(next)).SelectMany(program => program.Work))
                woken.Add(work);
        }
    }

    /// <summary>Turns the world until <paramref name="deed"/> is done.</summary>
    public T Do<T>(Func<Task<T>> deed, TimeSpan within)
    {
        var task = deed();
        var end = clock.GetUtcNow() + within;
        while (!task.IsCompleted && clock.GetUtcNow() < end)
            RunUntil(Earlier(clock.GetUtcNow() + TimeSpan.FromSeconds(1), end));
        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new TimeoutException($"Not done within {within} of virtual time.");
    }

    /// <summary>Once an hour every worker looks, whatever the rows seem to say.</summary>
    private static bool IsNet(DateTimeOffset now) => now.Ticks % Net.Ticks < Tick.Ticks;

    private void Settle()
    {
        if (Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException("Work has left the simulation's thread.");
        while (woken.Count > 0)
        {
            var batch = programs.SelectMany(program => program.Work.Select(work => (program, work))).Where(pair => woken.Contains(pair.work)).ToList();
            woken.Clear();
            foreach (var (program, work) in batch)
                Turn(program, work);
        }
    }

    private void Turn(Program program, IDueWork work)
    {
        while (!program.Door.IsDead && running.GetValueOrDefault(work) < work.Concurrency)
        {
            running[work] = running.GetValueOrDefault(work) + 1;
            if (RunAsync(program, work).IsCompleted)
                return; // nothing more to do
        }
    }

    private async Task RunAsync(Program program, IDueWork work)
    {
        try
        {
            while (await work.RunDueAsync(CancellationToken.None) && !program.Door.IsDead)
            {
            }
        }
        catch (Exception failure)
        {
            trace.Say($"worker {work.Topic} failed: {failure.GetType().Name}");
            Failures.Add($"{clock.GetUtcNow():u} {program.Name} {work.Topic}: {failure}");
        }
        running[work]--;
        if (Environment.CurrentManagedThreadId != thread)
            Failures.Add($"{work.Topic} ended on another thread");
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
