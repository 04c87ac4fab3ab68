using Holdfast.Storage;

namespace Holdfast.Simulation.Stage;

/// <summary>The nodes of one app over its one database, and when a row of it is next due.</summary>
/// <param name="name">The app.</param>
/// <param name="rows">The database, past every door.</param>
/// <param name="due">Lines of <c>topic, waiting, next</c>: until when the first due row is claimed (0: it is free), and when the next row becomes due; instants as a node's clock says them.</param>
/// <param name="host">The machine of the nodes.</param>
internal sealed class Group(string name, Database rows, string due, HostClock host)
{
    /// <summary>How often a worker looks when nothing wakes it.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    // A burst of commits is one look.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    private DateTimeOffset lookedAt;

    public string Name => name;

    public List<Program> Nodes { get; } = [];

    /// <summary>Topics whose due rows the statement knows; others are woken by their signals and once an hour.</summary>
    public HashSet<string> Topics { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset LookAt { get; private set; }

    /// <summary>Something was committed that may be due.</summary>
    public void Stir(DateTimeOffset now) => LookAt = Earlier(LookAt, now > lookedAt + Breath ? now : lookedAt + Breath);

    /// <summary>What is due now; sets when to look again.</summary>
    public IReadOnlyList<string> Look(DateTimeOffset now)
    {
        lookedAt = now;
        LookAt = now + LongestSleep;
        var local = now + host.Offset;
        var topics = new List<string>();
        foreach (var row in rows.ReadAsync(session => session.ListAsync<Row>(due, new { now = local })).GetAwaiter().GetResult())
        {
            Topics.Add(row.Topic);
            if (row.Waiting <= local.ToUnixTimeMilliseconds())
                topics.Add(row.Topic);
            foreach (var at in new[] { row.Waiting, row.Next })
            {
                if (at is { } instant)
                    LookAt = Earlier(LookAt, DateTimeOffset.FromUnixTimeMilliseconds(instant) - host.Offset);
            }
        }
        // What is due and not taken yet is looked at with every poll.
        if (LookAt < now + Poll && (topics.Count > 0 || LookAt <= now))
            LookAt = now + Poll;
        return topics;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Row
    {
        public string Topic { get; init; } = "";
        public long? Waiting { get; init; }
        public long? Next { get; init; }
    }
}

/// <summary>When rows of our apps are next due.</summary>
internal static class DueRows
{
    public const string Studio = """
        select 'connections' as topic, (select min(lease_until) from connection where renew_at <= @now) as waiting, (select min(renew_at) from connection where renew_at > @now) as next
        union all select 'connection-checks', (select min(check_lease_until) from connection where check_at <= @now), (select min(check_at) from connection where check_at > @now)
        union all select 'posts', (select min(lease_until) from post where next_step_at <= @now and state not in ('Initialised', 'Uploading')), (select min(next_step_at) from post where next_step_at > @now)
        union all select 'uploads', (select min(lease_until) from post where next_step_at <= @now and state in ('Initialised', 'Uploading')), null
        """;

    public const string Platform = """
        select 'uploads' as topic, (select 0 from upload where next_step_at <= @now limit 1) as waiting, (select min(next_step_at) from upload where next_step_at > @now) as next
        """;
}
