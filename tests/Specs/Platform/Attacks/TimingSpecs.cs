namespace Holdfast.Specs.Platform.Attacks;

/// <summary>The criterion of the timing cases can fail, and does not without a reason: shown on a stopwatch on which calls take what they say.</summary>
public sealed class TimingSpecs
{
    [Theory]
    [InlineData(1000, 0)]
    [InlineData(0, 1000)]
    [InlineData(120, 0)]
    [InlineData(0, 120)]
    public async Task A_call_that_takes_a_millisecond_or_a_statement_more_gives_itself_away(int one, int other)
    {
        var work = new Work(variesBy: 300);

        var gap = await Timing.GapAsync(() => work.DoAsync(one), () => work.DoAsync(other), work);

        Assert.InRange(gap.Microseconds, one - other - 50, one - other + 50);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Timing.IsHidden(gap));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(5000)]
    public async Task Two_calls_that_take_the_same_are_hidden_however_much_the_machine_varies(int variesBy)
    {
        var work = new Work(variesBy);

        Timing.IsHidden(await Timing.GapAsync(() => work.DoAsync(0), () => work.DoAsync(0), work));
    }

    /// <summary>Calls of half a millisecond and more on a machine that varies, and now and then thinks of something else; and the stopwatch they move.</summary>
    private sealed class Work(int variesBy) : TimeProvider
    {
        private readonly Random machine = new(35);
        private long now;

        public override long TimestampFrequency => 1_000_000;

        public override long GetTimestamp() => now;

        public Task DoAsync(int more)
        {
            now += 500 + more + machine.Next(variesBy + 1) + (machine.Next(20) == 0 ? 20_000 : 0);
            return Task.CompletedTask;
        }
    }
}
