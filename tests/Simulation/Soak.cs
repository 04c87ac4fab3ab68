using System.Globalization;
using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>The long run: a year of a thousand accounts in TikTok's own way, and of fifty in every other.</summary>
internal static class Soak
{
    private const int Days = 365;

    public static bool IsFull => Environment.GetEnvironmentVariable("HOLDFAST_SOAK") is not null;

    /// <summary>Where parts and reports lie: one folder for one state of the code.</summary>
    public static string Folder => Path.Combine(Environment.GetEnvironmentVariable("HOLDFAST_SOAK_FOLDER") is { Length: > 0 } given ? given : Path.Combine(AppContext.BaseDirectory, "soak"), Commit);

    public static string Commit => Environment.GetEnvironmentVariable("HOLDFAST_COMMIT") is { Length: > 0 } commit ? commit : "unknown";

    /// <summary>A thousand accounts in TikTok's own way; outside of a soak forty, for three days.</summary>
    public static Year Thousand => IsFull
        ? Of(Dialect.Default, 1000, 365_001)
        : new Year("taste", new WorldSettings(3) { Days = 3, Accounts = 40, PostsAMonth = 2, LookEvery = TimeSpan.FromDays(2) }, Directory.CreateTempSubdirectory("holdfast-simulation").FullName, daysAPart: 1);

    /// <summary>Fifty under every other dialect; outside of a soak <see cref="DialectSpecs"/> are enough.</summary>
    public static IEnumerable<Year> Others => IsFull ? Dialect.Others.Index().Select(other => Of(other.Item, 50, 365_100 + other.Index)) : [];

    /// <summary>Runs one to its end, or takes what an earlier run has found.</summary>
    public static string Run(Year year, Action<string> say)
    {
        var kept = Path.Combine(Folder, year.Name + ".report");
        if (IsFull && File.Exists(kept))
            return File.ReadAllText(kept);
        var report = year.Run(say) ?? throw new InvalidOperationException("A year without end.");
        var text = $"{year.Name}\n{report.Table}{string.Concat(report.Missing.Select(kind => $"never happened: {kind}\n"))}{string.Concat(report.Broken.Select(what => $"BROKEN {what}\n"))}";
        if (IsFull)
            File.WriteAllText(kept, text);
        return text;
    }

    private static Year Of(Dialect dialect, int accounts, int seed)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{dialect.Access.TotalHours:0}h-{dialect.Refresh.TotalDays:0}d-{dialect.Mode}-{(dialect.HasFixedEnd ? "fixed" : "sliding")}-{accounts}");
        return new Year(name, new WorldSettings(seed)
        {
            Days = Days,
            Accounts = accounts,
            Dialect = dialect,
            Pairs = dialect.Forgives ? LostPairs.Forgiven : LostPairs.Spared,
            ConnectedWithin = TimeSpan.FromDays(accounts >= 1000 ? 3 : 8),
            PostsAMonth = 2,
            FaultRate = 0.02,
            CrashRate = accounts >= 1000 ? 0.00002 : 0.0002,
            TroubleEvery = TimeSpan.FromDays(3),
            LookEvery = TimeSpan.FromDays(2),
            LogLevel = LogLevel.Information,
            Outages = [.. Enumerable.Range(0, 12).Select(month => (World.Begin.AddDays((month * 30) + 11.4), World.Begin.AddDays((month * 30) + 11.4).AddHours(month % 4 == 0 ? 5 : 1)))],
        }, Path.Combine(Folder, name));
    }
}
