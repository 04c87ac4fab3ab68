namespace Holdfast.Storage;

/// <summary>Time that nobody sets: the machine's clock as it was when this began, counted on by the time that has passed since.</summary>
internal sealed class SteadyClock(TimeProvider clock)
{
    private readonly DateTimeOffset start = clock.GetUtcNow();
    private readonly long since = clock.GetTimestamp();

    public DateTimeOffset Now => start + clock.GetElapsedTime(since);
}
