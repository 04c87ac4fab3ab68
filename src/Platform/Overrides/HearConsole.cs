using Holdfast.Platform.Faults;
using Holdfast.Platform.Weather;
using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Overrides;

/// <summary>Keeps what this node knows of the console true: at the start, when somebody changes something on any node, and now and then, since signals are only hints.</summary>
/// <remarks>Registered only where there is a console: without it, rows that an earlier run left act on nothing.</remarks>
internal sealed class HearConsole(Database database, FaultStore faults, ActiveFaults active, OverrideStore store, KnownOverrides overrides, VerdictStore verdicts, WeatherStore weather, ShiftedClock clock) : IDueWork, IHostedService
{
    public const string SignalTopic = "console";

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RememberFor = TimeSpan.FromDays(1);

    private IDisposable? listening;
    private int isStale = 1;
    private long lookedAt;

    public string Topic => SignalTopic;

    /// <summary>Before the server takes calls.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        listening = database.Signals.Listen(topic => topic == SignalTopic, _ => Volatile.Write(ref isStale, 1));
        await LookAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        listening?.Dispose();
        return Task.CompletedTask;
    }

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (Interlocked.Exchange(ref isStale, 0) == 1 || clock.GetElapsedTime(lookedAt) >= LookEvery)
            await LookAsync();
        return false;
    }

    /// <summary>Whoever changed something sees it act with the next call to this node.</summary>
    public async Task LookAsync()
    {
        lookedAt = clock.GetTimestamp();
        var rows = await store.ListAsync();
        clock.Offset = rows.FirstOrDefault(row => row.Name == OverrideStore.ClockOffset) is { } offset ? OverrideStore.Offset(offset.Value) : TimeSpan.Zero;
        var now = clock.GetUtcNow();
        overrides.All = [.. rows.Where(row => row.Name != OverrideStore.ClockOffset && row.IsLive(now))];
        active.Know((await faults.ListAsync()).Where(fault => FaultRule.IsLive(fault, now)));
        await weather.ClearAsync(now);
        await verdicts.ClearAsync(now);
        await faults.ForgetAsync(now - RememberFor);
    }
}
