using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>The months that specs run, and what they are held to.</summary>
internal static class Months
{
    public static IReadOnlyList<(DateTimeOffset, DateTimeOffset)> TwoOutages =>
        [(World.Begin.AddDays(4.3), World.Begin.AddDays(4.3).AddHours(2)), (World.Begin.AddDays(19.6), World.Begin.AddDays(19.6).AddHours(5))];

    /// <summary>Everything goes wrong; the Platform takes a refresh token again whose answer was lost.</summary>
    public static WorldSettings Forgiving(int seed) => new(seed) { MayLoseRenewalAnswers = true, Outages = TwoOutages };

    public static void KeepsItsPromises(this WorldSettings settings, ITestOutputHelper output)
    {
        var report = settings.Run(output);

        Assert.True(report.Broken.Count == 0, $"seed {settings.Seed} ({settings}):\n{string.Join('\n', report.Broken.Take(20))}");
        Assert.All(Weather.All.Where(fault => settings.MayLoseRenewalAnswers || fault is not Fault.AnswerLost), fault => Assert.True(report.Faults.GetValueOrDefault(fault) > 0, $"the fault {fault} never happened"));
        if (settings.CrashRate > 0)
            Assert.All(Crashes.All, point => Assert.True(report.Crashes.GetValueOrDefault(point) > 0, $"the power never went at {point}"));
    }

    public static Report Run(this WorldSettings settings, ITestOutputHelper output)
    {
        using var month = new Month(settings);
        var report = month.Run();
        output.WriteLine(report.Table);
        return report;
    }
}
