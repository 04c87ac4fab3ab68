using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>How fast the six digits of one account may be guessed (attack case 82). Never a lock: it ends by itself, and recovery codes and passkeys do not wait for it.</summary>
internal static class CodeThrottle
{
    /// <summary>Without a right code for this long, the count begins anew.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    // The try is counted before the code is looked at: a hundred guesses at once are a hundred tries.
    private const string Take = """
        insert into code_attempt (person_id, failures, next_at) values (@personId, @failures, @next)
        on conflict (person_id) do update set failures = @failures, next_at = @next
        where code_attempt.failures = @seen and code_attempt.next_at <= @now
        """;

    /// <summary>Takes one try; the answer is how long it has to wait instead, zero when it may go on.</summary>
    public static async Task<TimeSpan> TakeAsync(Session session, string personId, DateTimeOffset now)
    {
        var row = await session.FirstAsync<Row>("select failures, next_at from code_attempt where person_id = @personId", new { personId });
        if (row is not null && row.NextAt > now)
            return row.NextAt - now;
        var failures = row is null || now - row.NextAt > Memory ? 1 : row.Failures + 1;
        var taken = await session.RunAsync(Take, new { personId, failures, seen = row?.Failures ?? 0, next = now + WaitAfter(failures), now });
        return taken == 1 ? TimeSpan.Zero : TimeSpan.FromSeconds(1);
    }

    public static Task ForgiveAsync(Session session, string personId) =>
        session.RunAsync("delete from code_attempt where person_id = @personId", new { personId });

    /// <summary>Five for free: people mistype. Then two seconds, doubling up to ten minutes, which leaves 144 guesses a day for a million codes.</summary>
    public static TimeSpan WaitAfter(long failures) =>
        failures <= 5 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(600, Math.Pow(2, Math.Min(failures - 5, 20))));

    private sealed record Row
    {
        public long Failures { get; init; }
        public DateTimeOffset NextAt { get; init; }
    }
}
