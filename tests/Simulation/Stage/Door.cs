using Holdfast.Storage;
using Microsoft.Data.Sqlite;

namespace Holdfast.Simulation.Stage;

/// <summary>Where the power may go: before a transaction, after its commit, before a call leaves, after its answer came.</summary>
internal enum CrashPoint { BeforeTransaction, AfterCommit, BeforeCall, AfterAnswer }

/// <summary>Stands at a program's door to its database and to the wire: every transaction waits a little, and by the seed the power goes.</summary>
/// <param name="isCutOff">Whether this node alone cannot reach the database.</param>
internal sealed class Door(NodeClock clock, Random chance, Crashes crashes, Func<bool> isCutOff) : ITransactionProbe
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    /// <summary>Set-up happens before the world begins to turn.</summary>
    public bool IsOpen { get; set; }

    public event Action<CrashPoint>? Died;

    public async Task BeforeAsync()
    {
        await PassAsync(CrashPoint.BeforeTransaction);
        ThrowWhereCutOff();
    }

    public async Task BeforeWriteAsync()
    {
        await BeforeAsync();
        if (IsOpen && crashes.DatabaseRefuses)
            throw new SqliteException("database or disk is full (simulated)", 13);
    }

    /// <remarks>The line may break between a commit and the word of it.</remarks>
    public async Task AfterCommitAsync()
    {
        await PassAsync(CrashPoint.AfterCommit);
        ThrowWhereCutOff();
    }

    public async Task PassAsync(CrashPoint here)
    {
        if (!IsOpen)
            return;
        if (clock.IsDead)
            await Never;
        await clock.After(TimeSpan.FromMilliseconds(chance.Next(0, 8)));
        if (crashes.IsTime(clock, here))
            Died?.Invoke(here);
        if (clock.IsDead)
            await Never;
    }

    private void ThrowWhereCutOff()
    {
        if (IsOpen && isCutOff())
            throw new SqliteException("the database cannot be reached (simulated)", 14);
    }
}

/// <summary>When the power goes, and when the database takes no writes.</summary>
internal sealed class Crashes(Random chance, double rate, Func<NodeClock, bool> mayGo)
{
    /// <summary>Nobody pulls the plug while a person is pressing buttons: the promise is about what happens while nobody looks.</summary>
    public bool Paused { get; set; }

    /// <summary>Every write fails: a full disk, a lost server.</summary>
    public bool DatabaseRefuses { get; set; }

    /// <summary>A call is out for seconds where a transaction takes milliseconds, and there are fewer of them.</summary>
    public bool IsTime(NodeClock node, CrashPoint here) =>
        rate > 0 && chance.NextDouble() < rate * (here is CrashPoint.BeforeCall or CrashPoint.AfterAnswer ? 6 : 1) && !Paused && mayGo(node);
}
