using System.Data.Common;
using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.KeepAlive;

namespace Holdfast.Studio.Status;

/// <summary>How the installation stands, read at most once in a few seconds however many look.</summary>
internal sealed class StatusBoard(Database database, IncidentStore incidents, TimeProvider clock, ILogger<StatusBoard> log)
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan Remembers = TimeSpan.FromDays(30);

    private const int MostPast = 50;

    /// <summary>A renewal later than this is not on its way but held up.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(15);

    private readonly Lock gate = new();
    private Task<Standing>? reading;
    private DateTimeOffset readAt;

    public Task<Standing> NowAsync()
    {
        lock (gate)
        {
            var age = clock.GetUtcNow() - readAt;
            // A clock that was set back makes nothing fresh.
            if (reading is null || (reading.IsCompleted && (age >= KeptFor || age < TimeSpan.Zero)))
                (reading, readAt) = (ReadAsync(), clock.GetUtcNow());
            return reading;
        }
    }

    private async Task<Standing> ReadAsync()
    {
        var now = clock.GetUtcNow();
        try
        {
            var open = await incidents.OpenAsync();
            var past = await incidents.PastAsync(now - Remembers, MostPast);
            var counts = await database.ReadAsync(session => session.FirstAsync<Counts>("""
                select (select count(*) from connection where renew_at is not null) as kept,
                       (select count(*) from connection where renew_at <= @late) as late,
                       (select count(*) from post where state = 'Held' and hold in ('TikTokUnavailable', 'AppProblem', 'UserCap') and next_step_at is not null) as waiting
                """, new { late = now - Late }));
            return Standing.Of(now, open, past, counts ?? new());
        }
        catch (Exception failure) when (failure is DbException or IOException or TimeoutException or ObjectDisposedException)
        {
            log.CannotRead(failure);
            return Standing.Unknown(now);
        }
    }
}

/// <summary>What is counted; never whose it is.</summary>
public sealed record Counts
{
    /// <summary>Connections that are kept alive.</summary>
    public long Kept { get; init; }

    /// <summary>Those whose renewal is overdue.</summary>
    public long Late { get; init; }

    /// <summary>Posts that wait for TikTok or for the app.</summary>
    public long Waiting { get; init; }
}

internal static partial class Log
{
    [LoggerMessage(LogLevel.Warning, "The status page cannot read how things stand")]
    public static partial void CannotRead(this ILogger logger, Exception failure);
}
