using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>A span of a team's life: accounts connected, posts planned, access taken away and given again, while the wire, the power and the machines fail.</summary>
internal sealed class Month : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromHours(1);

    /// <summary>After the end, for everything under way to come to its own.</summary>
    public static readonly TimeSpan QuietDays = TimeSpan.FromDays(3);

    private readonly People people;
    private readonly TimeSpan cpuAtStart = Environment.CpuUsage.TotalTime;
    private bool isOver;

    public Month(WorldSettings settings, Action<Month>? sabotage = null, string? keptIn = null, Checkpoint? from = null)
    {
        World = new World(settings, keptIn, from);
        Life = from?.LifeAs<Life>() ?? new Life();
        people = new People(World, Life);
        World.Ledger.EndedByLoss += account => people.Leaves(Life.Creators.Single(creator => creator.Account == account), Why.PairLost);
        World.Ledger.CameBack += account => people.ComesBack(Life.Creators.Single(creator => creator.Account == account));
        if (from is null)
            Fairly(people.BeginAsync);
        else
            Resume();
        sabotage?.Invoke(this);
    }

    public World World { get; }

    public Life Life { get; }

    /// <summary>Runs to the end, then three quiet days in which everything under way comes to its end.</summary>
    public Report Run()
    {
        RunUntil(World.Settings.End);
        isOver = true;
        Calm(true);
        World.Troubles.Paused = true;
        RunUntil(World.Settings.End + QuietDays);
        Learn();
        return World.Pump.Do(() => Report.MakeAsync(this), TimeSpan.FromMinutes(10));
    }

    /// <summary>Runs for a part of it.</summary>
    public void RunUntil(DateTimeOffset until)
    {
        while (World.Now < until)
        {
            while (Life.Take(World.Now) is { } deed)
                Fairly(() => people.DoAsync(deed));
            var next = World.Now + Step;
            if (Life.NextAt < next)
                next = Life.NextAt.Value;
            World.Pump.RunUntil(next < until ? next : until);
        }
    }

    /// <summary>The power goes everywhere, in a moment in which nobody waits for an answer.</summary>
    public Checkpoint Stop(string folder, int number)
    {
        Calm(true);
        (World.Troubles.Paused, World.Troubles.IsEnding) = (true, true);
        World.Pump.Do(async () =>
        {
            for (var end = World.Now.AddHours(12); !World.Ledger.IsQuiet() || !World.Troubles.AreOver || World.Open() is null;)
            {
                if (World.Now >= end)
                    throw new TimeoutException($"No quiet moment in 12 hours; troubles over: {World.Troubles.AreOver}, a node up: {World.Open() is not null}, {World.Ledger.UnderWay()}.");
                await World.Clock.After(TimeSpan.FromMilliseconds(100));
            }
            return true;
        }, TimeSpan.FromHours(13));
        Learn();
        return Checkpoint.Take(World, folder, number, Life);
    }

    public void Dispose() => World.Dispose();

    // Claims that stood when the power went lapse first.
    private void Resume()
    {
        World.Ledger.Tokens = Life.Tokens;
        Calm(true);
        World.Pump.RunUntil(World.Now.AddMinutes(5));
        Calm(false);
    }

    private void Learn()
    {
        Life.Learn(World);
        Life.CpuSeconds += (Environment.CpuUsage.TotalTime - cpuAtStart).TotalSeconds;
    }

    private void Calm(bool isCalm) => (World.Weather.Fair, World.Crashes.Paused) = (isCalm || isOver, isCalm || isOver);

    /// <summary>At the instants at which people do something the weather holds and the power stays.</summary>
    private void Fairly(Func<Task> deed)
    {
        World.Pump.Do(async () =>
        {
            // A person waits until the page is there before pressing anything.
            while (World.Open() is null || World.Crashes.DatabaseRefuses)
                await World.Clock.After(TimeSpan.FromSeconds(1));
            Calm(true);
            var troubles = World.Troubles.Paused;
            World.Troubles.Paused = true;
            await deed();
            Calm(false);
            World.Troubles.Paused = troubles;
            return true;
        }, TimeSpan.FromHours(6));
    }
}
