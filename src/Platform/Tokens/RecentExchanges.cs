using System.Collections.Concurrent;
using Holdfast.Storage;

namespace Holdfast.Platform.Tokens;

/// <summary>Tells a replayed code from a loser of a race: a request that was there before the winner's commit replays nothing (attack cases 33 and 34).</summary>
/// <remarks>
/// Every node hears of every exchange through the database's signals and numbers them as it hears them, so no clocks are compared.
/// A request that arrived before its node heard was in flight; one that arrived after is a replay.
/// </remarks>
internal sealed class RecentExchanges(Database database) : IHostedService
{
    private const string Topic = "code-redeemed:";
    private const int Remembered = 65_536;

    // An exchange nobody here has heard of: news may be on its way this long. After that the silence was ours, and the row decides.
    private static readonly TimeSpan NewsTakesAtMost = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, long> heard = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> oldest = new();
    private IDisposable? listening;
    private long last;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        listening = database.Signals.Listen(topic => topic.StartsWith(Topic, StringComparison.Ordinal), topic => Hear(topic[Topic.Length..]));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        listening?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Call when the request arrives, before its body is read.</summary>
    public long Arrive() => Volatile.Read(ref last);

    /// <summary>Call in the transaction that redeems; every node hears of it when that is committed.</summary>
    public static void Tell(Session session, byte[] code) => session.Signal(Topic + Convert.ToHexString(code));

    /// <summary>Whether a request with this arrival may have been there before the code's exchange was committed.</summary>
    public bool WasUnderWay(byte[] code, long arrival, DateTimeOffset redeemedAt, DateTimeOffset now) =>
        heard.TryGetValue(Convert.ToHexString(code), out var number) ? number > arrival : now - redeemedAt < NewsTakesAtMost;

    private void Hear(string code)
    {
        if (!heard.TryAdd(code, Interlocked.Increment(ref last)))
            return;
        oldest.Enqueue(code);
        if (oldest.Count > Remembered && oldest.TryDequeue(out var forgotten))
            heard.TryRemove(forgotten, out _);
    }
}
