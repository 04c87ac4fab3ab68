using System.Globalization;
using System.Text;
using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>What the month must have kept, read from both ends after it is over.</summary>
internal sealed record Report
{
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(2);

    public required string Hash { get; init; }

    /// <summary>Every broken promise, in words; empty when all were kept.</summary>
    public required IReadOnlyList<string> Broken { get; init; }

    public required IReadOnlyDictionary<Fault, int> Faults { get; init; }

    public required IReadOnlyDictionary<CrashPoint, int> Crashes { get; init; }

    public required string Table { get; init; }

    public static async Task<Report> MakeAsync(Month month)
    {
        var world = month.World;
        var broken = new List<string>(world.Trace.Violations);
        broken.AddRange(world.Pump.Failures.Select(failure => "a worker failed: " + failure));

        var connections = await world.Studio.Rows.ReadAsync(session => session.ListAsync<ConnectionEnd>("select id, state, state_reason from connection where workspace_id = @WorkspaceId", new { month.WorkspaceId }));
        var ends = await world.Studio.Rows.ReadAsync(session => session.ListAsync<EndEvent>("select connection_id, kind, at from connection_event where kind = 'SignInNeeded'"));
        var posts = (await world.Studio.Rows.ReadAsync(session => session.ListAsync<PostEnd>("select caption, state, hold, due_at from post where workspace_id = @WorkspaceId", new { month.WorkspaceId }))).ToDictionary(post => post.Caption);
        var videos = (await world.Platform.Rows.ReadAsync(session => session.ListAsync<string>("select caption from video"))).GroupBy(title => title, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);

        foreach (var creator in month.Creators)
        {
            var connection = connections.Single(row => row.Id == creator.ConnectionId);
            CheckEnds(creator, connection, [.. ends.Where(end => end.ConnectionId == creator.ConnectionId)], broken);
            foreach (var (caption, dueAt) in creator.Posts)
                CheckPost(world.Settings, creator, posts[caption], dueAt, videos.GetValueOrDefault(caption), broken);
        }

        await ExplainAsync(world, broken);
        return new Report
        {
            Hash = world.Trace.Hash(),
            Broken = broken,
            Faults = world.Weather.Fired,
            Crashes = world.Crashes.Fired,
            Table = TableOf(month, posts.Values, ends.Count),
        };
    }

    /// <summary>A broken promise about a post comes with the post's own history.</summary>
    private static async Task ExplainAsync(World world, List<string> broken)
    {
        for (var i = 0; i < broken.Count; i++)
        {
            if (broken[i].Split('"') is not [_, var caption, ..])
                continue;
            var history = await world.Studio.Rows.ReadAsync(session => session.ListAsync<string>("""
                select strftime('%d %H:%M:%S', event.at / 1000, 'unixepoch') || ' ' || event.state || ' ' || event.cause || ' ' || coalesce(event.code, '')
                from post_event event join post on post.id = event.post_id where post.caption = @caption order by event.at, event.id
                """, new { caption }));
            broken[i] += $"\n    {string.Join("\n    ", history)}";
        }
    }

    /// <summary>Observed ends equal planned ends: no connection ends without a removal that really happened, and none stays when one did.</summary>
    private static void CheckEnds(Creator creator, ConnectionEnd connection, IReadOnlyList<EndEvent> ends, List<string> broken)
    {
        var planned = creator.RemovedAt is null ? 0 : 1;
        if (ends.Count != planned)
            broken.Add($"{creator.Name}: {ends.Count} ends, {planned} planned ({connection.State} {connection.StateReason})");
        foreach (var end in ends.Where(end => creator.RemovedAt is null || end.At < creator.RemovedAt))
            broken.Add($"{creator.Name}: ended at {end.At:u} without a removal");
        var lives = connection.State is "live" or "ending-soon";
        if (lives != (creator.RemovedAt is null || creator.SignsInAgainAt is not null))
            broken.Add($"{creator.Name}: at the end it is {connection.State} {connection.StateReason}");
    }

    /// <summary>Every due post is published exactly once, or held with a true reason.</summary>
    private static void CheckPost(WorldSettings settings, Creator creator, PostEnd post, DateTimeOffset dueAt, int published, List<string> broken)
    {
        if (published > 1)
            broken.Add($"\"{post.Caption}\" went out {published} times");
        if (published == 1 != (post.State is "Published"))
            broken.Add($"\"{post.Caption}\" is {post.State} here and {published} times there");
        if (published == 0 && !IsTrulyHeld(settings, creator, post, dueAt))
            broken.Add($"\"{post.Caption}\" was due at {dueAt:u} and is {post.State} {post.Hold}");
    }

    /// <summary>A hold is true when what it names really happened to this account or to everybody at that time.</summary>
    private static bool IsTrulyHeld(WorldSettings settings, Creator creator, PostEnd post, DateTimeOffset dueAt)
    {
        var away = creator.RemovedAt is { } removed && dueAt > removed - OnTime && (creator.SignsInAgainAt is not { } again || dueAt < again + OnTime);
        var nobodyAnswered = settings.Outages.Any(outage => dueAt > outage.From - OnTime && dueAt < outage.To + OnTime);
        return post is { State: "Held", Hold: { } hold } && hold switch
        {
            "NeedsSignIn" => away && creator.SignsInAgainAt is null,
            // Missed by more than the workspace allows: a person decides.
            "Late" => away || nobodyAnswered,
            _ => false,
        };
    }

    private static string TableOf(Month month, IEnumerable<PostEnd> posts, int ends)
    {
        var world = month.World;
        var table = new StringBuilder();
        void Row(string name, object value) => table.Append(CultureInfo.InvariantCulture, $"table {name,-28} {value,10}\n");
        Row("seed", world.Settings.Seed);
        Row("virtual days", world.Settings.Days);
        Row("accounts", month.Creators.Count);
        Row("renewals asked", world.Trace.Renewals);
        Row("ends, planned and observed", ends);
        foreach (var state in posts.GroupBy(post => post.Hold is null ? post.State : $"{post.State} {post.Hold}").OrderBy(group => group.Key, StringComparer.Ordinal))
            Row("posts " + state.Key, state.Count());
        foreach (var fault in Weather.All)
            Row("fault " + fault, world.Weather.Fired.GetValueOrDefault(fault));
        foreach (var point in Stage.Crashes.All)
            Row("power cut " + point, world.Crashes.Fired.GetValueOrDefault(point));
        Row("trace lines", world.Trace.Lines);
        Row("trace hash", world.Trace.Hash());
        return table.ToString();
    }

    private sealed record ConnectionEnd
    {
        public string Id { get; init; } = "";
        public string State { get; init; } = "";
        public string? StateReason { get; init; }
    }

    private sealed record EndEvent
    {
        public string ConnectionId { get; init; } = "";
        public string Kind { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }

    private sealed record PostEnd
    {
        public string Caption { get; init; } = "";
        public string State { get; init; } = "";
        public string? Hold { get; init; }
        public DateTimeOffset DueAt { get; init; }
    }
}
