namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Compares the times of two calls as somebody could who may call often and wants to know which of the two it is.</summary>
internal static class Timing
{
    private const int Rounds = 8;
    private const int Pairs = 400;

    /// <summary>
    /// What two answers over loopback may differ by. A row that is found is read, and a row that is not is not: some ten microseconds, which a fair test of significance finds sooner or later
    /// (Welch's t does with a few thousand calls). One statement more, a commit or a hash costs more than this; so does the way across any network vary.
    /// Where the machine itself varies more, a tenth of what half the calls vary by: the medians of a round are no surer than that.
    /// </summary>
    private const double HiddenMicroseconds = 50;

    /// <summary>Welch's t of one call with two inputs, for code that runs in this process: it finds a difference of nanoseconds.</summary>
    public static async Task<double> TAsync<T>(int pairs, Func<T, Task> call, T one, T other)
    {
        // The same lambda for both: of two, the compiler may have made one faster already.
        var (first, second) = (With(call, one), With(call, other));
        await TakeTurnsAsync(pairs / 2, first, second); // warms it up
        var (ones, others) = await TakeTurnsAsync(pairs, first, second);
        var ((m1, v1, n1), (m2, v2, n2)) = (Moments(ones), Moments(others));
        return (m1 - m2) / Math.Sqrt(v1 / n1 + v2 / n2);
    }

    /// <summary>What one call takes more than the other as far as three of four rounds agree: each round compares medians, and a busy machine makes single rounds say anything.</summary>
    /// <param name="stopwatch">Real time, unless it is the measuring itself that is measured.</param>
    public static async Task<TimeGap> GapAsync(Func<Task> one, Func<Task> other, TimeProvider? stopwatch = null)
    {
        await TakeTurnsAsync(Pairs, one, other, stopwatch); // warms both up
        var (gaps, spreads) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var (first, second) = await TakeTurnsAsync(Pairs, one, other, stopwatch);
            gaps.Add(At(first, 0.5) - At(second, 0.5));
            spreads.Add(At(second, 0.75) - At(second, 0.25));
        }
        return new(Math.Max(At(gaps, 0.25), 0) + Math.Min(At(gaps, 0.75), 0), At(spreads, 0.5));
    }

    public static void IsHidden(TimeGap gap)
    {
        var bound = Math.Max(HiddenMicroseconds, gap.Spread / 10);
        Assert.InRange(gap.Microseconds, -bound, bound);
    }

    private static Func<Task> With<T>(Func<T, Task> call, T input) => () => call(input);

    // One, other, other, one: the machine's moods meet both alike, and so does what a call leaves warm for the next.
    private static async Task<(List<double> First, List<double> Second)> TakeTurnsAsync(int pairs, Func<Task> one, Func<Task> other, TimeProvider? stopwatch = null)
    {
        stopwatch ??= TestClock.System;
        var (first, second) = (new List<double>(pairs), new List<double>(pairs));
        for (var pair = 0; pair < pairs; pair++)
        {
            if (pair % 2 == 1)
                second.Add(await MeasureAsync(other, stopwatch));
            first.Add(await MeasureAsync(one, stopwatch));
            if (pair % 2 == 0)
                second.Add(await MeasureAsync(other, stopwatch));
        }
        return (first, second);
    }

    private static double At(List<double> values, double quantile) => values.Order().ElementAt((int)(quantile * (values.Count - 1) + 0.5));

    // Without the slowest tenth, which is the machine's doing.
    private static (double Mean, double Variance, int Count) Moments(List<double> times)
    {
        var kept = times.Order().Take(times.Count * 9 / 10).ToList();
        var mean = kept.Average();
        return (mean, kept.Sum(time => (time - mean) * (time - mean)) / (kept.Count - 1), kept.Count);
    }

    private static async Task<double> MeasureAsync(Func<Task> call, TimeProvider stopwatch)
    {
        var started = stopwatch.GetTimestamp();
        await call();
        return stopwatch.GetElapsedTime(started).TotalMicroseconds;
    }
}

/// <param name="Microseconds">What the first call takes more than the second.</param>
/// <param name="Spread">What half of one call's times vary by, in microseconds.</param>
internal sealed record TimeGap(double Microseconds, double Spread);
