namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Welch's t of the times of two calls, taken in turns so that the machine's moods meet both alike.</summary>
internal static class Timing
{
    public static async Task<double> CompareAsync(int rounds, Func<Task> one, Func<Task> other)
    {
        var (first, second) = (new List<double>(rounds), new List<double>(rounds));
        for (var round = 0; round < rounds; round++)
        {
            first.Add(await MeasureAsync(one));
            second.Add(await MeasureAsync(other));
        }
        return T(first, second);
    }

    /// <summary>Without the slowest tenth, which is the machine's doing.</summary>
    private static double T(List<double> first, List<double> second)
    {
        var ((m1, v1, n1), (m2, v2, n2)) = (Moments(first), Moments(second));
        return (m1 - m2) / Math.Sqrt(v1 / n1 + v2 / n2);
    }

    private static (double Mean, double Variance, int Count) Moments(List<double> times)
    {
        var kept = times.Order().Take(times.Count * 9 / 10).ToList();
        var mean = kept.Average();
        return (mean, kept.Sum(time => (time - mean) * (time - mean)) / (kept.Count - 1), kept.Count);
    }

    private static async Task<double> MeasureAsync(Func<Task> call)
    {
        var started = TestClock.System.GetTimestamp();
        await call();
        return TestClock.System.GetElapsedTime(started).TotalMicroseconds;
    }
}
