using Holdfast.Platform.Api;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Research;

/// <summary>Counts what an app takes in a day of UTC, as rows on the injected clock.</summary>
internal sealed class ResearchQuota(Database database, TimeProvider clock, IOptions<ResearchOptions> options, IOptions<RateLimitOptions> limits)
{
    private const long KeptDays = 7;

    // One statement counts and takes: of two calls at the limit, one changes a row.
    private const string Take = """
        insert into research_use (app_id, day, requests, records) values (@appId, @day, 1, 0)
        on conflict (app_id, day) do update set requests = research_use.requests + 1
        where research_use.requests < @RequestsPerDay and research_use.records < @RecordsPerDay
        """;

    private long Today => clock.GetUtcNow().ToUnixTimeSeconds() / 86_400;

    /// <summary>Takes one request; false when the day's requests or records are used up.</summary>
    public async Task<bool> TryAsync(string appId, CancellationToken aborted)
    {
        if (!limits.Value.Enabled)
            return true;
        var day = Today;
        return await database.WriteAsync(async session =>
        {
            await session.RunAsync("delete from research_use where app_id = @appId and day < @before", new { appId, before = day - KeptDays });
            return await session.RunAsync(Take, new { appId, day, options.Value.RequestsPerDay, options.Value.RecordsPerDay }) == 1;
        }, aborted);
    }

    /// <summary>Counts what was handed out.</summary>
    public Task CountAsync(string appId, int records, CancellationToken aborted) => records == 0 ? Task.CompletedTask : database.WriteAsync(session => session.RunAsync(
        "update research_use set records = records + @records where app_id = @appId and day = @day", new { appId, day = Today, records }), aborted);
}
