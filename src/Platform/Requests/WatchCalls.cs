using Holdfast.Platform.Api;
using Holdfast.Platform.Faults;
using Holdfast.Platform.Tokens;

namespace Holdfast.Platform.Requests;

/// <summary>Stands before everything else: notes each call of a program, and lets the console's faults have it first.</summary>
internal sealed class WatchCalls(RequestLog log, ActiveFaults faults, MeetFault meet, LogIds logIds, TimeProvider clock)
{
    private const int LongestAgent = 200;

    // What tokens of ours begin with: a client that puts one where its name belongs does not get it into our tables.
    private static readonly string[] Secrets = ["act.", "rft.", "clt."];

    public Task RunAsync(HttpContext http, RequestDelegate next) =>
        ApiPlace.Of(http.Request) is { } place ? RunAsync(http, new CallNote(place), next) : next(http);

    private async Task RunAsync(HttpContext http, CallNote note, RequestDelegate next)
    {
        http.Features.Set(note);
        var (at, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        try
        {
            await (faults.AreNone ? next(http) : meet.RunAsync(http, note, next));
        }
        finally
        {
            if (!note.IsLeftOut)
                log.Add(Line(http, note, at, clock.GetElapsedTime(began)));
        }
    }

    private LoggedCall Line(HttpContext http, CallNote note, DateTimeOffset at, TimeSpan took)
    {
        var access = http.Features.Get<AccessGrant>();
        var isGone = note.IsCut || http.RequestAborted.IsCancellationRequested;
        var status = isGone ? 0 : http.Response.StatusCode;
        return new LoggedCall
        {
            LogId = note.LogId ?? logIds.Next(),
            At = at.ToUnixTimeMilliseconds(),
            Place = note.Place,
            Method = http.Request.Method is { Length: <= 10 } method ? method : "?",
            ClientKey = note.ClientKey ?? access?.ClientKey,
            UploadId = note.Place is ApiPlace.Upload && http.Request.Query["upload_id"] is [{ Length: < 64 } id] ? id : null,
            OpenId = note.OpenId ?? access?.OpenId,
            Status = status,
            Code = note.Code ?? (isGone ? "no_answer" : status < 400 ? "ok" : $"http_{status}"),
            DurationUs = (long)took.TotalMicroseconds,
            Fault = note.Fault,
            UserAgent = Agent(http.Request.Headers.UserAgent.ToString()),
        };
    }

    private static string Agent(string sent)
    {
        if (Secrets.Any(start => sent.Contains(start, StringComparison.OrdinalIgnoreCase)))
            return "";
        var agent = sent.Length > LongestAgent ? sent[..LongestAgent] : sent;
        return agent.All(letter => letter is >= ' ' and <= '~') ? agent : string.Concat(agent.Where(letter => letter is >= ' ' and <= '~'));
    }
}
