using System.Globalization;
using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>What a world must have kept, read from both ends after it is over.</summary>
internal sealed record Report
{
    public required string Hash { get; init; }

    /// <summary>Every broken promise, in words; empty when all were kept.</summary>
    public required IReadOnlyList<string> Broken { get; init; }

    /// <summary>Kinds of faults, crash points and troubles that this world has and that never came.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    public required IReadOnlyList<(string Name, string Value)> Rows { get; init; }

    public string Table => string.Concat(Rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"table {row.Name,-34} {row.Value,12}\n")));

    public static async Task<Report> MakeAsync(Month month)
    {
        var (world, life) = (month.World, month.Life);
        var broken = new List<string>(life.Broken);
        var seen = await Seen.ReadAsync(world);
        Promises.Check(world, life, seen, broken);
        await ExplainAsync(world, life, broken);
        return new Report
        {
            Hash = world.Trace.Hash(),
            Broken = broken,
            Missing = [.. Kinds(world.Settings).Where(kind => life.Count(Tally.Name(kind)) == 0).Select(Tally.Name)],
            Rows = [.. RowsOf(world, life, seen)],
        };
    }

    /// <summary>Everything that can go wrong in such a world.</summary>
    private static IEnumerable<Enum> Kinds(WorldSettings settings)
    {
        var faults = Weather.Of(settings);
        // Under strict rotation, answers to calls other than renewals still get lost.
        return faults.Cast<Enum>().Concat(settings.CrashRate > 0 ? Enum.GetValues<CrashPoint>().Cast<Enum>() : []).Concat(Troubles.Of(settings).Cast<Enum>()).Concat(settings.FaultRate > 0 ? Enum.GetValues<Delivery>().Cast<Enum>() : []);
    }

    /// <summary>A broken promise about a post comes with the post's own history, one about an account with the account's.</summary>
    private static async Task ExplainAsync(World world, Life life, List<string> broken)
    {
        for (var i = 0; i < broken.Count && i < 20; i++)
        {
            var history = broken[i].Split('"') is [_, var caption, ..] ? await world.StudioData.Rows.ReadAsync(session => session.ListAsync<string>("""
                select strftime('%m-%d %H:%M:%S', event.at / 1000, 'unixepoch') || ' ' || event.state || ' ' || event.cause || ' ' || coalesce(event.code, '')
                from post_event event join post on post.id = event.post_id where post.caption = @caption order by event.at, event.place
                """, new { caption }))
                : life.Creators.FirstOrDefault(creator => broken[i].StartsWith(creator.Name, StringComparison.Ordinal)) is { } creator ? await world.StudioData.Rows.ReadAsync(session => session.ListAsync<string>("""
                select strftime('%m-%d %H:%M:%S', at / 1000, 'unixepoch') || ' ' || kind || ' ' || cause || ' ' || coalesce(tiktok_reason, '') || ' ' || attempts
                from connection_event where connection_id = @ConnectionId and kind <> 'Renewed'
                union all
                select strftime('%m-%d %H:%M:%S', n.made_at / 1000, 'unixepoch') || ' told ' || n.kind || ' ' || coalesce(d.channel, 'nobody') || ', tries ' || coalesce(d.tries, 0)
                  || ', done ' || coalesce(strftime('%m-%d %H:%M:%S', d.done_at / 1000, 'unixepoch'), '-') || ', withdrawn ' || coalesce(strftime('%m-%d %H:%M:%S', d.withdrawn_at / 1000, 'unixepoch'), '-') || ' ' || coalesce(d.problem, '')
                from notice n left join notice_delivery d on d.notice_id = n.id where n.connection_id = @ConnectionId
                order by 1 desc limit 24
                """, new { creator.ConnectionId }))
                : [];
            broken[i] += string.Concat(history.Select(line => "\n    " + line));
        }
    }

    private static IEnumerable<(string Name, string Value)> RowsOf(World world, Life life, Seen seen)
    {
        static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
        var absences = life.Creators.SelectMany(creator => creator.Absences).ToList();
        yield return ("seed", world.Settings.Seed.ToString(CultureInfo.InvariantCulture));
        yield return ("tokens", world.Settings.Dialect.ToString());
        yield return ("virtual days", Number(world.Settings.Days));
        yield return ("accounts", Number(life.Creators.Count));
        yield return ("nodes of Studio", Number(world.Nodes.Count));
        yield return ("renewals asked", Number(life.Count("renewals")));
        yield return ("ends planned", Number(absences.Count));
        foreach (var why in absences.GroupBy(absence => absence.Why).OrderBy(group => group.Key))
            yield return ($"  {why.Key}", Number(why.Count()));
        yield return ("ends observed", Number(seen.Ends.Values.Sum(ends => ends.Count)));
        yield return ("notices due, by two channels", Number(2 * (absences.Count + life.Creators.Sum(creator => Told.Endings(world.Settings, creator).Count()))));
        foreach (var kind in life.Tellings.DistinctBy(told => told.DeliveryId).GroupBy(told => $"  {told.Kind} told by {told.Channel}").OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return (kind.Key, Number(kind.Count()));
        yield return ("  of them brought again, same id", Number(life.Tellings.Count - life.Tellings.DistinctBy(told => told.DeliveryId).Count()));
        foreach (var state in seen.Posts.GroupBy(post => post.Hold is null ? post.State : $"{post.State} {post.Hold}").OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return ($"posts {state.Key}", Number(state.Count()));
        foreach (var kind in Kinds(world.Settings).Select(Tally.Name))
            yield return (kind, Number(life.Count(kind)));
        yield return ("broken promises", Number(life.Broken.Count));
        yield return ("trace lines", Number(life.Count("trace lines")));
        yield return ("trace hash", world.Trace.Hash());
        yield return ("CPU seconds", life.CpuSeconds.ToString("0.0", CultureInfo.InvariantCulture));
        yield return ("CPU µs a renewal, all in all", (life.CpuSeconds * 1e6 / Math.Max(1, life.Count("renewals"))).ToString("0", CultureInfo.InvariantCulture));
    }
}
