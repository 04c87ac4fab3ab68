namespace Holdfast.Simulation;

/// <summary>Thirty days of twenty accounts, in <c>./test</c> ten of ten. A failure prints its seed; the same seed is the same month.</summary>
public sealed class MonthSpecs(ITestOutputHelper output)
{
    /// <summary>One known month in <c>./test</c>, ten in <c>./test --soak</c>.</summary>
    public static TheoryData<int> Seeds =>
        Environment.GetEnvironmentVariable("HOLDFAST_SOAK") is null ? [11] : [11, 4242, 1, 2, 3, 5, 8, 13, 21, 34];

    [Theory, MemberData(nameof(Seeds))]
    public void A_month_of_faults_and_power_cuts_keeps_every_promise(int seed) => Months.Of(Months.Forgiving(seed)).KeepsItsPromises(output);

    [Fact]
    public void A_month_nobody_has_seen_before_keeps_every_promise() =>
        Months.Of(Months.Forgiving((int)(Environment.ProcessId * 2654435761L % 1_000_000))).KeepsItsPromises(output);
}
