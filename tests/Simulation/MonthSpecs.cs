using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>Thirty days of twenty accounts, in minutes of nobody's time. A failure prints its seed; the same seed is the same month.</summary>
public sealed class MonthSpecs(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Begin = World.Begin;

    /// <summary>One known month in <c>./test</c>, ten in <c>./test --soak</c>.</summary>
    public static TheoryData<int> Seeds =>
        Environment.GetEnvironmentVariable("HOLDFAST_SOAK") is null ? [11] : [11, 4242, 1, 2, 3, 5, 8, 13, 21, 34];

    [Theory, MemberData(nameof(Seeds))]
    public void A_month_of_faults_and_power_cuts_keeps_every_promise(int seed) => KeepsItsPromises(Forgiving(seed));

    [Fact]
    public void A_month_nobody_has_seen_before_keeps_every_promise() =>
        KeepsItsPromises(Forgiving((int)(Environment.ProcessId * 2654435761L % 1_000_000)));

    [Fact]
    public void Under_strict_rotation_only_what_the_platform_refused_ends() =>
        KeepsItsPromises(new WorldSettings(77) { CrashRate = 0, Outages = TwoOutages });

    [Fact]
    public void The_same_seed_is_the_same_month_to_the_last_line()
    {
        var settings = Forgiving(5) with { Days = 4, Accounts = 5 };

        Assert.Equal(Run(settings).Hash, Run(settings).Hash);
        Assert.NotEqual(Run(settings).Hash, Run(settings with { Seed = 6 }).Hash);
    }

    [Fact]
    public void At_debug_level_too_no_secret_stands_in_a_log_line() =>
        Assert.Empty(Run(Forgiving(9) with { Days = 2, Accounts = 3, LogLevel = LogLevel.Debug }).Broken);

    private static IReadOnlyList<(DateTimeOffset, DateTimeOffset)> TwoOutages =>
        [(Begin.AddDays(4.3), Begin.AddDays(4.3).AddHours(2)), (Begin.AddDays(19.6), Begin.AddDays(19.6).AddHours(5))];

    /// <summary>Everything goes wrong; the Platform takes a refresh token again whose answer was lost.</summary>
    private static WorldSettings Forgiving(int seed) => new(seed) { MayLoseRenewalAnswers = true, Outages = TwoOutages };

    private void KeepsItsPromises(WorldSettings settings)
    {
        var report = Run(settings);

        Assert.True(report.Broken.Count == 0, $"seed {settings.Seed} ({settings}):\n{string.Join('\n', report.Broken.Take(20))}");
        Assert.All(Weather.All.Where(fault => settings.MayLoseRenewalAnswers || fault is not Fault.AnswerLost), fault => Assert.True(report.Faults.GetValueOrDefault(fault) > 0, $"the fault {fault} never happened"));
        if (settings.CrashRate > 0)
            Assert.All(Crashes.All, point => Assert.True(report.Crashes.GetValueOrDefault(point) > 0, $"the power never went at {point}"));
    }

    private Report Run(WorldSettings settings)
    {
        using var month = new Month(settings);
        var report = month.Run();
        output.WriteLine(report.Table);
        return report;
    }
}
