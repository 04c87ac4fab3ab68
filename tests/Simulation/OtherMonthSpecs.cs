using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>Months of other kinds. Classes run side by side, one world to a thread, so the long months are in two of them.</summary>
public sealed class OtherMonthSpecs(ITestOutputHelper output)
{
    /// <remarks>Renewals lose no answers here, so what is left has to lose them more often to lose any.</remarks>
    [Fact]
    public void Under_strict_rotation_only_what_the_platform_refused_ends() => (Months.Of(Months.Strict(77)) with { FaultRate = 0.12, PostsAMonth = 30 }).KeepsItsPromises(output);

    /// <summary>R6: nobody can save what the power took. Each such end is told once, with its true cause, and there is no other.</summary>
    [Fact, Trait("scenario", "R6")]
    public void Under_strict_rotation_a_pair_that_the_power_took_ends_its_connection_once_and_by_that_name() =>
        (Months.Strict(78) with { Days = 6, Accounts = 8, PostsAMonth = 20, Pairs = LostPairs.Counted, CrashRate = 0.006, TroubleEvery = TimeSpan.FromHours(12), FaultRate = 0.15, Outages = [] }).KeepsItsPromises(output);

    [Fact]
    public void The_same_seed_is_the_same_month_to_the_last_line()
    {
        var settings = Months.Forgiving(5) with { Days = 2, Accounts = 4, CrashRate = 0.001 };

        Assert.Equal(settings.Run(output).Hash, settings.Run(output).Hash);
        Assert.NotEqual(settings.Run(output).Hash, (settings with { Seed = 6 }).Run(output).Hash);
    }

    [Fact]
    public void At_debug_level_too_no_secret_stands_in_a_log_line() =>
        Assert.Empty((Months.Forgiving(9) with { Days = 1, Accounts = 2, LogLevel = LogLevel.Debug }).Run(output).Broken);
}
