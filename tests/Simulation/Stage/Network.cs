using System.Net;

namespace Holdfast.Simulation.Stage;

/// <summary>The way from Studio to the Platform: slow, and by the seed sometimes broken.</summary>
internal sealed class Network(InProcessServer platform, VirtualClock clock, Random chance, Weather weather, Trace trace, Func<bool> alive, Func<HttpResponseMessage, HttpResponseMessage> tamper) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(CancellationToken.None);
        var call = new Call(request.Method.Method, request.RequestUri!.AbsolutePath, body); // our clients send absolute addresses
        var fault = weather.Next(call, clock.GetUtcNow());
        trace.Calling(call, fault);
        using var under = trace.Watch(call);
        await clock.After(TimeSpan.FromMilliseconds(chance.Next(2, 120)));

        if (fault is Fault.Slow)
            await clock.After(TimeSpan.FromSeconds(chance.Next(2, 25)));
        cancellationToken.ThrowIfCancellationRequested(); // given up before it left
        if (fault is Fault.RequestLost)
            return await NeverAsync(cancellationToken);
        if (fault is Fault.Reset)
            throw new HttpRequestException(HttpRequestError.ConnectionError, "connection reset (simulated)");
        if (Canned(fault) is { } canned)
            return tamper(canned);

        // Once the request is out, the Platform works whatever becomes of the caller.
        var answer = await platform.SendAsync(request, body, CancellationToken.None);
        trace.Answered(call, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(CancellationToken.None));
        await clock.After(TimeSpan.FromMilliseconds(chance.Next(2, 120)));
        if (!alive() || fault is Fault.AnswerLost)
            return await NeverAsync(cancellationToken);
        return tamper(answer);
    }

    private static HttpResponseMessage? Canned(Fault fault) => fault switch
    {
        Fault.Error500 => Json(HttpStatusCode.InternalServerError, """{"error":{"code":"internal_error","message":"","log_id":"20260101000000AAAAAAAAAAAAAAAAAAAA"}}"""),
        Fault.Error503 => Json(HttpStatusCode.ServiceUnavailable, ""),
        Fault.Busy429 => Json(HttpStatusCode.TooManyRequests, """{"error":{"code":"rate_limit_exceeded","message":"","log_id":"20260101000000BBBBBBBBBBBBBBBBBBBB"}}"""),
        Fault.Html200 => new(HttpStatusCode.OK) { Content = new StringContent("<html>maintenance</html>", null, "text/html") },
        _ => null,
    };

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, null, "application/json") };

    private static async Task<HttpResponseMessage> NeverAsync(CancellationToken cancelled)
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        await using var registration = cancelled.Register(() => never.TrySetCanceled(cancelled));
        return await never.Task;
    }
}

/// <summary>One request as the wire saw it.</summary>
internal sealed record Call(string Method, string Path, byte[] Body)
{
    public bool IsRenewal => Path.StartsWith("/v2/oauth/token", StringComparison.Ordinal) && Text.Contains("grant_type=refresh_token", StringComparison.Ordinal);

    public string Text => System.Text.Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 4096)));
}

internal enum Fault { None, Slow, RequestLost, AnswerLost, Reset, Error500, Error503, Busy429, Html200 }
