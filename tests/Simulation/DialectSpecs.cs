using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>Every behaviour of tokens that is documented or was seen, each for some weeks in which fixed ends come.</summary>
public sealed class DialectSpecs(ITestOutputHelper output)
{
    /// <summary>In <c>./test</c> one of each kind, in <c>--soak</c> all.</summary>
    public static TheoryData<int> All => Months.AreWhole ? [.. Enumerable.Range(0, Dialect.Others.Count)] : [0, 1, 6, 7];

    [Theory, MemberData(nameof(All))]
    public void Under_every_dialect_of_tokens_only_what_the_platform_refused_ends(int which)
    {
        var dialect = Dialect.Others[which];
        // Ends that come within the run, and every day before them on which people are told.
        dialect = dialect.HasFixedEnd ? dialect with { Refresh = TimeSpan.FromDays(33) } : dialect;
        var report = (new WorldSettings(400 + which)
        {
            Dialect = dialect,
            Pairs = dialect.Forgives ? LostPairs.Forgiven : LostPairs.Spared,
            Days = dialect.HasFixedEnd ? 36 : 12,
            Accounts = dialect.Access > TimeSpan.FromHours(12) ? 6 : 3,
            ConnectedWithin = TimeSpan.FromDays(2),
            PostsAMonth = 4,
            CrashRate = 0.0006,
        }).Run(output);

        Assert.True(report.Broken.Count == 0, string.Join('\n', report.Broken.Take(10)));
    }
}
