using Holdfast.Storage;

namespace Holdfast.Simulation.Stage;

/// <summary>Stands at a program's door to its database: every transaction waits a little, and by the seed the power goes before it or after its commit.</summary>
internal sealed class Door(VirtualClock clock, Random chance, Crashes crashes) : ITransactionProbe
{
    private readonly Task never = new TaskCompletionSource().Task;

    /// <summary>Set when the power went: whatever still runs waits here for ever, as a dead process does.</summary>
    public bool IsDead { get; private set; }

    /// <summary>Set-up happens before the world begins to turn.</summary>
    public bool IsOpen { get; set; }

    public event Action? Died;

    public Task BeforeAsync() => PassAsync(CrashPoint.BeforeTransaction);

    public Task AfterCommitAsync() => PassAsync(CrashPoint.AfterCommit);

    /// <summary>The power goes now.</summary>
    public void Die(CrashPoint where)
    {
        if (IsDead)
            return;
        IsDead = true;
        crashes.Happened(where);
        Died?.Invoke();
    }

    private async Task PassAsync(CrashPoint here)
    {
        if (!IsOpen)
            return;
        if (IsDead)
            await never;
        await clock.After(TimeSpan.FromMilliseconds(chance.Next(0, 8)));
        if (!IsDead && crashes.IsTime(here))
            Die(here);
        if (IsDead)
            await never;
    }
}

internal enum CrashPoint { BeforeTransaction, AfterCommit }

/// <summary>When the power goes, and how often it did at each point.</summary>
internal sealed class Crashes(Random chance, double rate)
{
    private readonly Dictionary<CrashPoint, int> fired = [];

    public IReadOnlyDictionary<CrashPoint, int> Fired => fired;

    /// <summary>Nobody pulls the plug while a person is pressing buttons: the promise is about what happens while nobody looks.</summary>
    public bool Paused { get; set; }

    public static IEnumerable<CrashPoint> All => [CrashPoint.BeforeTransaction, CrashPoint.AfterCommit];

    public bool IsTime(CrashPoint _) => chance.NextDouble() < rate && !Paused;

    public void Happened(CrashPoint where) => fired[where] = fired.GetValueOrDefault(where) + 1;
}
