using System.Diagnostics;
using System.Globalization;

namespace Holdfast.TikTok;

/// <summary>Sends one request under a deadline and reads at most so many bytes of the answer.</summary>
internal sealed class Wire(HttpClient http, TimeProvider clock)
{
    public const int TokenLimit = 64 * 1024;
    public const int ApiLimit = 1024 * 1024;

    /// <exception cref="OperationCanceledException">The caller's token ended the wait; the deadline does not throw.</exception>
    public async Task<WireAnswer> SendAsync(HttpRequestMessage request, string endpoint, TimeSpan deadline, int limit, CancellationToken aborted)
    {
        aborted.ThrowIfCancellationRequested();
        using var activity = Telemetry.Source.StartActivity(endpoint, ActivityKind.Client);
        var started = clock.GetTimestamp();
        using var timeout = new CancellationTokenSource(deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, aborted);
        WireAnswer answer;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            answer = await ReadAsync(response, limit, either.Token);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            Telemetry.Record(activity, endpoint, "aborted", null, clock.GetElapsedTime(started));
            throw;
        }
        catch (OperationCanceledException)
        {
            answer = new WireAnswer.Lost(new(UnknownReason.TimedOut, $"No full answer within {deadline.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s."));
        }
        catch (HttpRequestException failure)
        {
            answer = new WireAnswer.Lost(new(WasReached(failure.HttpRequestError) ? UnknownReason.Network : UnknownReason.Unreachable, Describe(failure.HttpRequestError)));
        }
        catch (IOException)
        {
            answer = new WireAnswer.Lost(new(UnknownReason.Network, "The connection broke while the answer was read."));
        }

        // The id is read here only when somebody listens to the span; everybody else finds it in the outcome.
        var logId = activity is not null && answer is WireAnswer.Answered told ? LogId(told.Body) ?? told.HeaderLogId : null;
        Telemetry.Record(activity, endpoint, answer.Label, logId, clock.GetElapsedTime(started));
        return answer;
    }

    private async Task<WireAnswer> ReadAsync(HttpResponseMessage response, int limit, CancellationToken ended)
    {
        var status = (int)response.StatusCode;
        var date = response.Headers.Date;
        var retryAfter = RetryAfter(response, date);
        if (status is >= 300 and < 400)
        {
            return new WireAnswer.Lost(new(UnknownReason.Redirected, $"HTTP {status} points elsewhere; redirects are not followed.", retryAfter, Http: status));
        }

        if (response.Content.Headers.ContentLength > limit)
        {
            return TooLarge(status, limit, retryAfter);
        }

        await using var stream = await response.Content.ReadAsStreamAsync(ended);
        using var body = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        try
        {
            while ((read = await stream.ReadAsync(buffer, ended)) > 0)
            {
                if (body.Length + read > limit)
                {
                    return TooLarge(status, limit, retryAfter);
                }

                body.Write(buffer, 0, read);
            }
        }
        catch (Exception garbled) when (garbled is InvalidDataException or InvalidOperationException)
        {
            // What the framework throws on a body that says gzip or br and is neither.
            return new WireAnswer.Lost(new(UnknownReason.NotJson, $"HTTP {status} with a body that is not packed as its header says.", retryAfter, Http: status));
        }

        var range = response.Content.Headers.TryGetValues("Content-Range", out var ranges) ? ranges.FirstOrDefault() : null;
        return new WireAnswer.Answered(status, body.ToArray(), date, retryAfter, range) { HeaderLogId = HeaderLogId(response) };
    }

    private static string? HeaderLogId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Tt-Logid", out var told) && Json.Printable(told.FirstOrDefault()) is { Length: > 0 and <= 100 } id ? id : null;

    private static string? LogId(byte[] body) => Json.Object(body) is { } root ? root.ObjectMember("error")?.LogId() ?? root.LogId() : null;

    private static WireAnswer.Lost TooLarge(int status, int limit, TimeSpan? retryAfter) =>
        new(new(UnknownReason.TooLarge, $"The answer exceeds {limit} bytes.", retryAfter, Http: status));

    private TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset? date)
    {
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - (date ?? clock.GetUtcNow()));
        return wait is not { } span ? null
            : span < TimeSpan.Zero ? TimeSpan.Zero
            : span > TimeSpan.FromDays(1) ? TimeSpan.FromDays(1)
            : span;
    }

    private static bool WasReached(HttpRequestError error) =>
        error is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError);

    private static string Describe(HttpRequestError error) => error switch
    {
        HttpRequestError.NameResolutionError => "The host's name could not be resolved.",
        HttpRequestError.ConnectionError => "No connection to the host.",
        HttpRequestError.SecureConnectionError => "TLS failed: the certificate is not valid for this host, or the connection was tampered with.",
        HttpRequestError.ResponseEnded => "The connection ended before the answer did.",
        _ => "The connection failed.",
    };
}
