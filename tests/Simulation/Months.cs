using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>The worlds that specs run, and what they are held to.</summary>
internal static class Months
{
    public static IReadOnlyList<(DateTimeOffset, DateTimeOffset)> TwoOutages =>
        [(World.Begin.AddDays(4.3), World.Begin.AddDays(4.3).AddHours(2)), (World.Begin.AddDays(19.6), World.Begin.AddDays(19.6).AddHours(5))];

    /// <summary>Whole months: in <c>./test --simulate</c> and <c>--soak</c>. In <c>./test</c> a third of one, in which everything comes more often.</summary>
    public static bool AreWhole => Environment.GetEnvironmentVariable("HOLDFAST_SIMULATE") is not null || Soak.IsFull;

    /// <summary>A month as the run has time for.</summary>
    public static WorldSettings Of(WorldSettings month) => AreWhole ? month
        : month with { Days = 10, Accounts = 10, PostsAMonth = 15, FaultRate = 0.06, CrashRate = 0.0015, TroubleEvery = TimeSpan.FromHours(14) };

    /// <summary>Everything goes wrong; the Platform takes a refresh token again whose answer was lost.</summary>
    public static WorldSettings Forgiving(int seed) => new(seed) { Dialect = Dialect.Default with { Mode = "grace" }, Pairs = LostPairs.Forgiven, Outages = TwoOutages };

    /// <summary>TikTok's own words: a new pair that is lost is lost.</summary>
    public static WorldSettings Strict(int seed) => new(seed) { Outages = TwoOutages };

    public static void KeepsItsPromises(this WorldSettings settings, ITestOutputHelper output)
    {
        var report = settings.Run(output);

        Assert.True(report.Broken.Count == 0, $"seed {settings.Seed} ({settings}): {report.Broken.Count} broken\n{string.Join('\n', report.Broken.Take(20))}");
        Assert.True(report.Missing.Count == 0, $"never happened: {string.Join(", ", report.Missing)}");
    }

    public static Report Run(this WorldSettings settings, ITestOutputHelper output)
    {
        using var month = new Month(settings);
        var report = month.Run();
        output.WriteLine(report.Table);
        return report;
    }
}
