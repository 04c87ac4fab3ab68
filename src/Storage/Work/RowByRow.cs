namespace Holdfast.Storage.Work;

/// <summary>Due rows that need no lease: each is taken and dealt with in one transaction.</summary>
public static class RowByRow
{
    /// <summary>Takes one row and deals with it. One that cannot be dealt with steps aside for a while, so that it keeps no other waiting.</summary>
    /// <param name="take">Its id; <c>null</c> when none is due.</param>
    /// <param name="deal">What has to be done, in the same transaction.</param>
    /// <param name="stepAside">Says so and makes the row due later; what <paramref name="deal"/> wrote is undone by then.</param>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> TakeOneAsync(
        this Database database, Func<Session, Task<string?>> take, Func<Session, string, Task> deal, Func<Exception, string, Task> stepAside, CancellationToken stopping)
    {
        string? stuck = null;
        try
        {
            return await database.WriteAsync(async session =>
            {
                stuck = null; // PostgreSQL may have this run once more
                if (await take(session) is not { } id)
                    return false;
                stuck = id;
                await deal(session, id);
                stuck = null;
                return true;
            }, stopping);
        }
        catch (Exception failure) when (stuck is not null && !stopping.IsCancellationRequested)
        {
            await stepAside(failure, stuck);
            return true;
        }
    }
}
