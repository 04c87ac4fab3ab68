namespace Holdfast.Storage.Work;

/// <summary>The pace at which old rows are forgotten: again at once while there were some, else in an hour.</summary>
public sealed class HourlySweep(TimeProvider clock)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private DateTimeOffset nextAt;

    /// <param name="sweep">Forgets a few as of now, and says how many.</param>
    /// <returns><c>true</c> when there may be more.</returns>
    public async Task<bool> RunAsync(Func<DateTimeOffset, Task<int>> sweep)
    {
        var now = clock.GetUtcNow();
        if (now < nextAt)
            return false;
        if (await sweep(now) > 0)
            return true;
        nextAt = now + Every;
        return false;
    }
}
