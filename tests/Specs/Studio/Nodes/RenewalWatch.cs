using System.Collections.Concurrent;
using Microsoft.AspNetCore.WebUtilities;

namespace Holdfast.Specs.Studio.Nodes;

/// <summary>Stands before the Platform's token endpoint: makes each renewal take its time, now and then cuts its answer off, and notes two that are under way with one token.</summary>
internal sealed class RenewalWatch(Random dice) : IStartupFilter
{
    private readonly ConcurrentDictionary<string, int> underWay = new(StringComparer.Ordinal);

    private int renewals;
    private int cuts;
    private int parallel;

    public int Renewals => renewals;

    /// <summary>Answers that the Platform gave and nobody got.</summary>
    public int Cuts => cuts;

    /// <summary>Renewals that began while another with the same token was under way.</summary>
    public int Parallel => parallel;

    /// <summary>Lets everything through at once.</summary>
    public bool IsFair { get; set; }

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(RunAsync);
        next(app);
    };

    private async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/v2/oauth/token", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        http.Request.EnableBuffering();
        using var reader = new StreamReader(http.Request.Body, leaveOpen: true);
        var form = QueryHelpers.ParseQuery(await reader.ReadToEndAsync(http.RequestAborted));
        http.Request.Body.Position = 0;
        if (form["grant_type"] != "refresh_token")
        {
            await next(http);
            return;
        }

        var token = form["refresh_token"].ToString();
        Interlocked.Increment(ref renewals);
        if (underWay.AddOrUpdate(token, 1, (_, count) => count + 1) > 1)
            Interlocked.Increment(ref parallel);
        try
        {
            var (wait, isCut) = (Next(5, 250), !IsFair && Next(0, 12) == 0);
            if (!IsFair)
                await Task.Delay(TimeSpan.FromMilliseconds(wait), TestClock.System);
            if (isCut)
            {
                Interlocked.Increment(ref cuts);
                http.Response.OnStarting(() => { http.Abort(); return Task.CompletedTask; });
            }
            await next(http);
        }
        finally
        {
            underWay.AddOrUpdate(token, 0, (_, count) => count - 1);
        }
    }

    private int Next(int from, int to)
    {
        lock (dice)
            return dice.Next(from, to);
    }
}
