namespace Holdfast.Journeys.Stage;

/// <summary>Waits for what must come, however long other work on the machine takes.</summary>
internal static class Until
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <param name="what">Said when it did not come.</param>
    public static async Task TrueAsync(string what, Func<Task<bool>> isTrue, TimeSpan? within = null)
    {
        using var limit = new CancellationTokenSource(within ?? TimeSpan.FromMinutes(4), Clock.System);
        while (!await isTrue())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"It did not come about that {what}.");
            await Task.Delay(Look, Clock.System, TestContext.Current.CancellationToken);
        }
    }
}
