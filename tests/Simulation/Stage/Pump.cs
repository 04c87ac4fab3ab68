using System.Data.Common;
using Holdfast.Storage.Work;

namespace Holdfast.Simulation.Stage;

/// <summary>Turns the world: due timers, and workers whose rows are due, all on one thread. Between two of them time jumps.</summary>
internal sealed class Pump
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Net = TimeSpan.FromHours(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private const int LongestBurst = 500_000;

    private readonly VirtualClock clock;
    private readonly int thread = Environment.CurrentManagedThreadId;
    private readonly Dictionary<IDueWork, int> running = [];
    private readonly List<(Program Node, IDueWork Work)> woken = [];
    private readonly List<Group> groups = [];
    private readonly Random chance;
    private readonly Trace trace;
    private DateTimeOffset netAt;
    private DateTimeOffset tickAt;

    public Pump(VirtualClock clock, Trace trace, Random chance)
    {
        this.clock = clock;
        this.trace = trace;
        this.chance = chance;
        netAt = clock.GetUtcNow() + Net;
    }

    /// <summary>Failures of workers that nothing in the world explains.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Called every forty seconds, for a sabotage that is at work all the time.</summary>
    public Func<Task>? EveryTick { get; set; }

    public void Add(Group group)
    {
        groups.Add(group);
        foreach (var node in group.Nodes)
            Hear(group, node);
    }

    /// <summary>A restarted node has new workers and a new door.</summary>
    public void Hear(Group group, Program node)
    {
        foreach (var work in node.Work)
            woken.Add((node, work));
        // On PostgreSQL every node hears it.
        node.Data.Signals.Listen(_ => true, topic =>
        {
            if (group.Knows(topic))
                group.Stir(clock.GetUtcNow(), topic);
            else
                woken.AddRange(group.Nodes.SelectMany(each => each.Work.Where(work => work.Topic == topic).Select(work => (each, work))));
        });
        group.Stir(clock.GetUtcNow());
    }

    /// <summary>How much of a node's work is under way.</summary>
    public int Running(Program node) => node.Work.Sum(work => running.GetValueOrDefault(work));

    public void RunUntil(DateTimeOffset end) => RunUntil(end, null);

    /// <summary>Turns the world until <paramref name="deed"/> is done, and not a step further: what it waited for may not last.</summary>
    public T Do<T>(Func<Task<T>> deed, TimeSpan within)
    {
        var task = deed();
        RunUntil(clock.GetUtcNow() + within, task);
        return task.IsCompleted ? task.GetAwaiter().GetResult() : throw new TimeoutException($"Not done within {within} of virtual time.");
    }

    private void RunUntil(DateTimeOffset end, Task? awaited)
    {
        for (var (steps, at) = (0, clock.GetUtcNow()); ; steps++)
        {
            if (awaited is { IsCompleted: true })
                return;
            Settle();
            var now = clock.GetUtcNow();
            if (now >= end)
                return;
            (steps, at) = now > at ? (0, now) : (steps, at);
            if (steps > LongestBurst)
                throw new InvalidOperationException($"The world does not come to rest at {now:u}.");
            LookWhereDue(now);
            if (woken.Count == 0 && Next(end) is var next && !clock.RunNext(next))
                clock.JumpTo(next);
        }
    }

    private DateTimeOffset Next(DateTimeOffset end)
    {
        var next = Earlier(end, netAt);
        foreach (var group in groups)
            next = Earlier(next, group.LookAt);
        return EveryTick is null ? next : Earlier(next, tickAt);
    }

    private void LookWhereDue(DateTimeOffset now)
    {
        foreach (var group in groups)
        {
            if (group.LookAt > now)
                continue;
            foreach (var topic in group.Look(now))
                Wake(group, topic);
        }
        if (EveryTick is not null && now >= tickAt)
        {
            tickAt = now + Tick;
            _ = EveryTick();
        }
        // Now and then every worker looks, whatever the rows seem to say.
        if (now < netAt)
            return;
        netAt = now + Net;
        woken.AddRange(groups.SelectMany(group => group.Nodes).SelectMany(node => node.Work.Select(work => (node, work))));
    }

    /// <summary>One node takes it; now and then two reach for it in the same moment.</summary>
    private void Wake(Group group, string topic)
    {
        var nodes = group.Nodes.Where(node => node.IsUp).ToList();
        if (nodes.Count == 0)
            return;
        var first = chance.Next(nodes.Count);
        var reaching = chance.Next(8) == 0 ? nodes.Count : 1;
        for (var i = 0; i < reaching; i++)
        {
            var node = nodes[(first + i) % nodes.Count];
            woken.AddRange(node.Work.Where(work => work.Topic == topic).Select(work => (node, work)));
        }
    }

    private void Settle()
    {
        if (Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException("Work has left the simulation's thread.");
        while (woken.Count > 0)
        {
            var batch = woken.Distinct().ToList();
            woken.Clear();
            foreach (var (node, work) in batch)
            {
                if (node.IsUp && running.GetValueOrDefault(work) < work.Concurrency)
                    _ = RunAsync(node, work);
            }
        }
    }

    private async Task RunAsync(Program node, IDueWork work)
    {
        var (life, stopping) = (node.Clock, node.Stopping);
        running[work] = running.GetValueOrDefault(work) + 1;
        try
        {
            while (await work.RunDueAsync(stopping) && !stopping.IsCancellationRequested)
                continue;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // It was asked to end.
        }
        catch (DbException refused) when (refused.Message.Contains("(simulated)", StringComparison.Ordinal))
        {
            trace.Say($"{node.Name} {work.Topic}: the database refused");
            _ = AgainAsync(node, work, life);
        }
        catch (Exception failure)
        {
            trace.Say($"worker {work.Topic} failed: {failure.GetType().Name}");
            Failures.Add($"{clock.GetUtcNow():u} {node.Name} {work.Topic}: {failure}");
        }
        running[work]--;
        if (Environment.CurrentManagedThreadId != thread)
            Failures.Add($"{work.Topic} ended on another thread");
    }

    private async Task AgainAsync(Program node, IDueWork work, NodeClock life)
    {
        await life.After(AfterFailure);
        woken.Add((node, work));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
