using Holdfast.Storage;

namespace Holdfast.Simulation.Stage;

/// <summary>The nodes of one app over its one database, and when a row of it is next due.</summary>
/// <param name="rows">The database, past every door.</param>
/// <param name="due">For each topic what asks the rows; other topics are woken by their signals and once an hour.</param>
/// <param name="host">The machine of the nodes.</param>
internal sealed class Group(Database rows, IReadOnlyDictionary<string, string> due, HostClock host)
{
    /// <summary>How often a worker looks when nothing wakes it.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);

    // A burst of commits is one look.
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    private readonly List<Topic> topics = [.. due.Select(one => new Topic(one.Key, one.Value))];

    public List<Program> Nodes { get; } = [];

    public DateTimeOffset LookAt { get; private set; }

    public bool Knows(string topic) => due.ContainsKey(topic);

    /// <summary>Something was committed that may be due.</summary>
    /// <param name="name">The topic; null: all.</param>
    public void Stir(DateTimeOffset now, string? name = null)
    {
        foreach (var topic in topics)
        {
            if (name is null || topic.Name == name)
                topic.LookAt = Earlier(topic.LookAt, now > topic.LookedAt + Breath ? now : topic.LookedAt + Breath);
        }
        LookAt = topics.Min(topic => topic.LookAt);
    }

    /// <summary>Topics of which a row is due now; sets when to look again.</summary>
    public IEnumerable<string> Look(DateTimeOffset now)
    {
        foreach (var topic in topics)
        {
            if (topic.LookAt <= now && IsDue(topic, now))
                yield return topic.Name;
        }
        LookAt = topics.Min(topic => topic.LookAt);
    }

    private bool IsDue(Topic topic, DateTimeOffset now)
    {
        var local = now + host.Offset;
        // Until when the first due row is claimed (0: it is free), as the leases' clock says it, and when the next one becomes due, as a node's does.
        var row = rows.ReadAsync(session => session.FirstAsync<Instants>(topic.Sql, new { now = local })).GetAwaiter().GetResult() ?? new Instants();
        topic.LookedAt = now;
        topic.LookAt = now + LongestSleep;
        if (row.Waiting is { } free)
            topic.LookAt = Earlier(topic.LookAt, DateTimeOffset.FromUnixTimeMilliseconds(free));
        if (row.Next is { } due)
            topic.LookAt = Earlier(topic.LookAt, DateTimeOffset.FromUnixTimeMilliseconds(due) - host.Offset);
        // What is due and not taken yet is looked at with every poll.
        if (topic.LookAt <= now)
            topic.LookAt = now + Poll;
        return row.Waiting <= now.ToUnixTimeMilliseconds();
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed class Topic(string name, string sql)
    {
        public string Name => name;
        public string Sql => sql;
        public DateTimeOffset LookAt { get; set; }
        public DateTimeOffset LookedAt { get; set; }
    }

    private sealed record Instants
    {
        public long? Waiting { get; init; }
        public long? Next { get; init; }
    }
}
