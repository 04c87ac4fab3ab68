using System.Text.Json;

namespace Holdfast.Simulation.Stage;

/// <summary>Who has which token, as the wire and the rows tell: renewals in flight, pairs that are nowhere but in a program's hands, refusals the Platform really issued.</summary>
/// <param name="isWanted">Whether a row waits for an account's next pair: one that was taken away meanwhile takes none.</param>
internal sealed class Ledger(VirtualClock clock, Trace trace, Func<string, bool> isWanted)
{
    private readonly Dictionary<string, Holder> byToken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Holder> byAccount = new(StringComparer.Ordinal);

    public long Renewals { get; private set; }

    /// <summary>Pairs that were issued and that something of the world destroyed before a program could save them.</summary>
    public long PairsLost { get; private set; }

    /// <summary>A pair was lost and the Platform has refused the one before: this account needs its person, through nobody's fault here.</summary>
    public event Action<string>? EndedByLoss;

    /// <summary>The pair was not lost after all: whoever had it in hand could save it later.</summary>
    public event Action<string>? CameBack;

    /// <summary>The tokens each account may be renewed with, for a world that goes on from here.</summary>
    public Dictionary<string, List<string>> Tokens
    {
        get => byAccount.ToDictionary(one => one.Key, one => one.Value.Tokens);
        set
        {
            foreach (var (account, tokens) in value)
            {
                byAccount[account] = new Holder(account) { Tokens = tokens };
                tokens.ForEach(token => byToken[token] = byAccount[account]);
            }
        }
    }

    /// <summary>Nothing under way and nothing unsaved that a living program could still save, at this node or at all.</summary>
    public bool IsQuiet(NodeClock? node = null) => byAccount.Values.All(holder =>
        !holder.Flights.Any(flight => Is(flight.Node, node) && !(flight.IsArrived && flight.Node.IsDead)) && !(holder.InHand is { IsDead: false } hand && Is(hand, node) && isWanted(holder.Account)));

    /// <summary>What keeps it from being quiet, for whoever waited in vain.</summary>
    public string UnderWay() => string.Join("; ", byAccount.Values.Where(holder => holder.Flights.Count > 0 || holder.InHand is { IsDead: false }).Select(holder =>
        $"{holder.Account}: {string.Join(", ", holder.Flights.Select(flight => $"asked at {flight.At:u}{(flight.IsArrived ? ", arrived" : "")}{(flight.Node.IsDead ? ", dead" : flight.Node.IsPaused ? ", paused" : "")}"))}{(holder.InHand is null ? "" : $" a pair in hand{(holder.LostBy is null ? "" : $", {holder.LostBy}")}")}"));

    private static bool Is(NodeClock one, NodeClock? wanted) => wanted is null || one == wanted;

    /// <summary>When the Platform refused this account's refresh token.</summary>
    public IReadOnlyList<DateTimeOffset> RefusalsOf(string account) => byAccount.TryGetValue(account, out var holder) ? holder.Refusals : [];

    /// <summary>A renewal leaves a node.</summary>
    public Flight Sending(Call call, NodeClock node)
    {
        Renewals++;
        if (!byToken.TryGetValue(call.RefreshToken ?? "", out var holder))
        {
            trace.Violated("a renewal with a refresh token that nobody was given, or long since replaced");
            holder = new Holder("unknown");
        }
        holder.Flights.RemoveAll(flight => flight.IsArrived && (flight.Node.IsDead || flight.Node.IsPaused));
        if (holder.Flights.Count > 0)
            trace.Violated($"two renewals in flight for one connection: one since {(clock.GetUtcNow() - holder.Flights[0].At).TotalSeconds:0.0} s, {(holder.Flights[0].Node == node ? "by this node" : "by another")}, the machine's clock ahead by {(node.GetUtcNow() - clock.GetUtcNow()).TotalSeconds:0} s");
        var started = new Flight(holder, node, call.RefreshToken ?? "", clock.GetUtcNow());
        holder.Flights.Add(started);
        return started;
    }

    /// <summary>The Platform has answered; what it says is on the way, or lost.</summary>
    public void Answered(Call call, Flight? flight, NodeClock node, int status, string body, bool isLost)
    {
        if (flight is not null)
            flight.IsArrived = true;
        if (status == 200)
            Issued(flight, node, body, isLost);
        else if (flight is not null && body.Contains("\"invalid_grant\"", StringComparison.Ordinal))
            Refused(flight.Holder);
    }

    /// <summary>A row has a new refresh token.</summary>
    public void Saved(string account)
    {
        if (!byAccount.TryGetValue(account, out var holder))
            return;
        (holder.InHand, holder.LostBy) = (null, null);
        if (holder.IsEnded)
            CameBack?.Invoke(account);
        holder.IsEnded = false;
    }

    public static void Over(Flight flight) => flight.Holder.Flights.Remove(flight);

    /// <summary>The power went, or the process stood still for longer than any claim: what it held is lost.</summary>
    public void Gone(NodeClock node, string how)
    {
        foreach (var holder in byAccount.Values.Where(holder => holder.InHand == node))
            holder.LostBy = how;
    }

    private void Issued(Flight? flight, NodeClock node, string body, bool isLost)
    {
        using var answer = JsonDocument.Parse(body);
        if (!answer.RootElement.TryGetProperty("refresh_token", out var token) || !answer.RootElement.TryGetProperty("open_id", out var openId) || token.GetString() is not { } fresh || openId.GetString() is not { } account)
            return;
        if (!byAccount.TryGetValue(account, out var holder))
            byAccount[account] = holder = new Holder(account);
        // Older ones can be asked with no more: the sent one and what came of it can. A sign-in may meet a renewal that has its token already.
        if (flight is not null)
        {
            foreach (var old in holder.Tokens.Where(old => old != flight.Token))
                byToken.Remove(old);
            holder.Tokens.RemoveAll(old => old != flight.Token);
        }
        if (byToken.TryAdd(fresh, holder))
            holder.Tokens.Add(fresh);
        if (flight is null)
            return;
        holder.InHand = node;
        if (!isLost && !node.IsDead)
            return;
        holder.LostBy = isLost ? "answer lost" : "power cut";
    }

    private void Refused(Holder holder)
    {
        holder.Refusals.Add(clock.GetUtcNow());
        if (holder.LostBy is null)
            return;
        trace.Say($"a pair is lost for good: {holder.LostBy}");
        holder.LostBy = null;
        PairsLost++;
        holder.IsEnded = true;
        EndedByLoss?.Invoke(holder.Account);
    }

    /// <summary>One account's tokens.</summary>
    internal sealed class Holder(string account)
    {
        public string Account => account;
        public List<string> Tokens { get; init; } = [];
        public List<Flight> Flights { get; } = [];
        public List<DateTimeOffset> Refusals { get; } = [];

        /// <summary>The node that has a pair no row has.</summary>
        public NodeClock? InHand { get; set; }

        public string? LostBy { get; set; }

        /// <summary>By a refusal of the pair before the lost one.</summary>
        public bool IsEnded { get; set; }
    }
}

/// <summary>One renewal under way.</summary>
internal sealed class Flight(Ledger.Holder holder, NodeClock node, string token, DateTimeOffset at)
{
    public DateTimeOffset At => at;

    public Ledger.Holder Holder => holder;

    public NodeClock Node => node;

    public string Token => token;

    /// <summary>The Platform is done with it, or it is lost on the way.</summary>
    public bool IsArrived { get; set; }
}
