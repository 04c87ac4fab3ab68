using System.Data.Common;
using Holdfast.Storage;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>A database that takes nothing for a while, as one with a full disk or a lost server does.</summary>
internal sealed class Outage(TestClock clock) : ITransactionProbe
{
    private DateTimeOffset until;

    /// <summary>Begins now. Waits are skipped meanwhile, so that it also ends.</summary>
    public void Last(TimeSpan time) => (until, clock.SkipsWaits) = (clock.GetUtcNow() + time, true);

    /// <summary>Runs whenever something was refused.</summary>
    public Action OnRefused { get; set; } = () => { };

    /// <summary>The database works for as long as <paramref name="deed"/> takes, and no deadline passes at once.</summary>
    public void Paused(Action deed)
    {
        var (rest, skips) = (until, clock.SkipsWaits);
        (until, clock.SkipsWaits) = (default, false);
        deed();
        (until, clock.SkipsWaits) = (rest, skips);
    }

    public Task BeforeAsync()
    {
        if (clock.GetUtcNow() >= until)
            return Task.CompletedTask;
        OnRefused();
        throw new Refused();
    }

    public Task AfterCommitAsync() => Task.CompletedTask;

    private sealed class Refused() : DbException("the disk is full");
}
