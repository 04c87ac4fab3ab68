using System.Collections.Concurrent;

namespace Holdfast.Platform.Tokens;

/// <summary>Tells a replayed code from a loser of a race: a request that arrived before the winner's commit replays nothing (attack cases 33 and 34).</summary>
/// <remarks>Counts commits instead of reading a clock, so that it is exact under any clock. Knows this node's exchanges; for another node's, the row decides.</remarks>
internal sealed class RecentExchanges
{
    private const int Remembered = 4_096;
    private const long UnderWay = long.MaxValue;

    private readonly ConcurrentDictionary<string, long> commits = new();
    private readonly ConcurrentQueue<string> oldest = new();
    private long last;

    /// <summary>Call when the request arrives, before its body is read.</summary>
    public long Arrive() => Volatile.Read(ref last);

    /// <summary>Call before the statement that redeems.</summary>
    public void Begin(byte[] code)
    {
        var key = Convert.ToHexString(code);
        if (!commits.TryAdd(key, UnderWay))
            return;
        oldest.Enqueue(key);
        if (oldest.Count > Remembered && oldest.TryDequeue(out var forgotten))
            commits.TryRemove(forgotten, out _);
    }

    /// <summary>Call after that statement's transaction, before the answer; the first caller, winner or loser, marks the commit.</summary>
    public void End(byte[] code) => commits.TryUpdate(Convert.ToHexString(code), Interlocked.Increment(ref last), UnderWay);

    /// <summary>Whether a request with this arrival was there before the code's exchange was committed.</summary>
    public bool ArrivedBefore(byte[] code, long arrival) => commits.TryGetValue(Convert.ToHexString(code), out var commit) && commit > arrival;
}
