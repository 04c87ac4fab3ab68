using Holdfast.Platform.Api;
using Microsoft.AspNetCore.Http.Features;

namespace Holdfast.Platform.Faults;

/// <summary>Lets the first fault that a call meets have it. Only asked while there are faults.</summary>
internal sealed class MeetFault(ActiveFaults faults, FaultStore store, CallerLookup callers, LogIds logIds, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(HttpContext http, CallNote note, RequestDelegate next)
    {
        if (await TakeAsync(http, note.Place) is not var (fault, turn, caller))
        {
            await next(http);
            return;
        }
        note.Fault = Name(fault.Kind);
        if (fault.Kind is not (FaultKind.Slow or FaultKind.LostAnswer))
        {
            // The endpoint itself will not say whose call it was; the developer looks for it all the same.
            caller ??= await callers.FindAsync(http, note.Place);
            (note.ClientKey, note.OpenId) = (caller.ClientKey, caller.OpenId);
        }
        switch (fault.Kind)
        {
            case FaultKind.Timeout:
                await HoldAsync(http, fault.Delay);
                Cut(http, note);
                break;
            case FaultKind.Slow:
                // Whoever has gone meanwhile wants nothing done.
                if (await HoldAsync(http, fault.Delay))
                    await next(http);
                break;
            case FaultKind.LostAnswer:
                await AnswerNobodyAsync(http, next);
                Cut(http, note);
                break;
            case FaultKind.Drop:
                Cut(http, note);
                break;
            case FaultKind.Outage when turn % 3 == 0:
                Cut(http, note);
                break;
            case FaultKind.Outage when turn % 3 == 2 && note.Place is not ApiPlace.Authorize:
                await FaultAnswer.JsonAsync(http, note.Place, 500, "", "", null, logIds.For(http));
                break;
            // The authorization page is for people.
            case FaultKind.Html or FaultKind.Outage:
            case FaultKind.Status when note.Place is ApiPlace.Authorize:
                note.Code = $"http_{fault.Status}";
                await FaultAnswer.HtmlAsync(http, (int)fault.Status);
                break;
            default:
                await FaultAnswer.JsonAsync(http, note.Place, (int)fault.Status, fault.CodeAt(turn), fault.Message, fault.RetryAfterSeconds, logIds.For(http));
                break;
        }
    }

    /// <summary>How the log and the console write a kind.</summary>
    public static string Name(FaultKind kind) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    private async Task<(Fault Fault, long Turn, Caller? Caller)?> TakeAsync(HttpContext http, string place)
    {
        Caller? caller = null;
        foreach (var fault in faults.All.Where(fault => FaultPlace.MayCover(fault.Place, place)))
        {
            var now = clock.GetUtcNow();
            if (!FaultRule.IsLive(fault, now))
                continue;
            if (fault.AsksWho)
                caller ??= await callers.FindAsync(http, place);
            if (FaultRule.Meets(fault, place, caller, now) && await store.TakeAsync(fault) is { } turn)
                return (fault, turn, caller);
        }
        return null;
    }

    /// <summary>Waits until it is over, the caller has gone or the program ends; <c>true</c> when it is over.</summary>
    private async Task<bool> HoldAsync(HttpContext http, TimeSpan span)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await Task.Delay(span, clock, either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static Task AnswerNobodyAsync(HttpContext http, RequestDelegate next)
    {
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return next(http);
    }

    private static void Cut(HttpContext http, CallNote note)
    {
        note.IsCut = true;
        http.Abort();
    }
}
