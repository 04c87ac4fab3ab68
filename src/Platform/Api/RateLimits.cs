using Holdfast.Platform.Tokens;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Api;

/// <summary>Counts calls as rows on the injected clock: a limit holds on every node and after a restart (§7.4).</summary>
internal sealed class RateLimits(Database database, TimeProvider clock, IOptions<RateLimitOptions> options)
{
    private const long Window = 60;

    // One statement counts and takes: of two calls at the limit, one changes a row.
    private const string Take = """
        insert into call_count (subject, at_second, calls)
        select @subject, @second, 1
        where (select coalesce(sum(calls), 0) from call_count where subject = @subject and at_second > @forgotten) < @limit
        on conflict (subject, at_second) do update set calls = call_count.calls + 1
        """;

    /// <summary>Takes one call out of <paramref name="subject"/>'s sliding minute; false when none is left.</summary>
    public Task<bool> TryAsync(string subject, int limit, CancellationToken aborted) => TryAsync(subject, limit, TimeSpan.FromSeconds(Window), aborted);

    /// <inheritdoc cref="TryAsync(string, int, CancellationToken)"/>
    /// <param name="within">A minute or longer, the same for every call of one subject.</param>
    public async Task<bool> TryAsync(string subject, int limit, TimeSpan within, CancellationToken aborted)
    {
        if (!options.Value.Enabled)
            return true;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        // Every row lapses a minute after its second; one that counts for longer is written that much later.
        var (second, forgotten) = (now + (long)within.TotalSeconds - Window, now - Window);
        return await database.WriteAsync(async session =>
        {
            await session.OneAtATimeAsync("calls:" + subject);
            await session.RunAsync("delete from call_count where at_second <= @forgotten", new { forgotten });
            return await session.RunAsync(Take, new { subject, second, forgotten, limit }) == 1;
        }, aborted);
    }
}

internal sealed class RateLimitOptions
{
    /// <summary>Off for load tests only.</summary>
    public bool Enabled { get; set; } = true;
}

internal static class RateLimitEndpoints
{
    /// <summary>Limits calls of one account through one app: a renewed token does not start a new minute. After <see cref="ApiEndpoints.RequireAccess"/>.</summary>
    public static RouteHandlerBuilder LimitPerAccount(this RouteHandlerBuilder endpoint, string name, int perMinute) =>
        endpoint.Limit(perMinute, ApiAnswer.Refused, access => $"{name}:{access.AppId}:{access.CreatorId}");

    /// <summary>Limits calls of one app. After <see cref="ApiEndpoints.RequireAccess"/>.</summary>
    public static RouteHandlerBuilder LimitPerApp(this RouteHandlerBuilder endpoint, string name, int perMinute) =>
        endpoint.Limit(perMinute, ApiAnswer.RefusedWithData, access => $"{name}:{access.AppId}");

    private static RouteHandlerBuilder Limit(this RouteHandlerBuilder endpoint, int perMinute, Func<ApiError, IResult> refuse, Func<AccessGrant, string> subject) =>
        endpoint.AddEndpointFilter(async (call, next) =>
        {
            var http = call.HttpContext;
            return await http.RequestServices.GetRequiredService<RateLimits>().TryAsync(subject(http.Access()), perMinute, http.RequestAborted)
                ? await next(call)
                : refuse(ApiError.RateLimitExceeded);
        });
}
