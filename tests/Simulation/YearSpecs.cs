using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>Long runs, and that breaking one off changes nothing.</summary>
public sealed class YearSpecs(ITestOutputHelper output)
{
    [Fact]
    public void A_run_that_is_broken_off_goes_on_to_the_same_last_line()
    {
        var settings = Months.Forgiving(17) with { Days = 6, Accounts = 4, PostsAMonth = 10, Outages = [] };

        var (whole, parts) = (Kept("whole", settings).Run(output.WriteLine), Kept("parts", settings));
        Assert.Null(parts.Run(output.WriteLine, days: 2));
        Assert.Null(parts.Run(output.WriteLine, days: 4));
        var report = parts.Run(output.WriteLine);

        Assert.Empty(report!.Broken); // it ran to its end
        Assert.Equal(whole!.Hash, report.Hash);
    }

    /// <summary>In <c>./test --soak</c> hours. What is done is not done again for the same commit.</summary>
    [Fact]
    public void A_year_loses_no_connection_that_the_platform_did_not_refuse() => Holds(Soak.Thousand);

    [Fact]
    public void A_year_loses_none_under_any_other_dialect() => Assert.All(Soak.Others, Holds);

    private void Holds(Year year)
    {
        string report;
        try
        {
            report = Soak.Run(year, Say);
        }
        catch (Exception broken)
        {
            Say($"{year.Name} stopped: {broken.Message}"); // the others go on, and the run's own report comes hours later
            throw;
        }
        output.WriteLine(report);
        Assert.DoesNotContain("BROKEN", report, StringComparison.Ordinal);
    }

    private static void Say(string progress)
    {
        Console.Error.WriteLine(progress);
        if (Soak.IsFull)
            File.AppendAllText(Path.Combine(Directory.CreateDirectory(Soak.Folder).FullName, "progress.log"), progress + "\n");
    }

    private static Year Kept(string name, WorldSettings settings) => new(name, settings, Directory.CreateTempSubdirectory("holdfast-simulation").FullName, daysAPart: 2);
}
