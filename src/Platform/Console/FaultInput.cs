using System.Globalization;
using Holdfast.Platform.Faults;
using Holdfast.Platform.Overrides;

namespace Holdfast.Platform.Console;

/// <summary>Reads a fault from a form or from JSON.</summary>
internal static class FaultInput
{
    /// <summary>Kinds as the console writes them: those of <see cref="FaultKind"/>, and two refusals that are wanted often.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["status", RateLimited, WrongSecret, .. Enum.GetValues<FaultKind>().Where(kind => kind is not FaultKind.Status).Select(MeetFault.Name)];

    public static IReadOnlyList<string> Fields { get; } = ["place", "kind", "status", "code", "message", "retry_after", "delay", "times", "for", "client_key", "account"];

    private const string RateLimited = "rate_limited";
    private const string WrongSecret = "wrong_secret";

    /// <summary>The fault; or the name of the field that cannot be read.</summary>
    public static (NewFault? Fault, string Field) Read(ConsoleInput input)
    {
        if (input.Stranger(Fields) is { } stranger)
            return (null, stranger);
        var (status, isStatus) = Number(input["status"]);
        var (retryAfter, isRetryAfter) = Number(input["retry_after"]);
        var (times, isTimes) = Number(input["times"]);
        var (delay, span) = (SpanText.Read(input["delay"]), SpanText.Read(input["for"]));
        var name = input["kind"] ?? "status";
        var field = !Kinds.Contains(name) ? "kind" : !isStatus ? "status" : !isRetryAfter ? "retry_after" : !isTimes ? "times"
            : delay is null && input["delay"] is not null ? "delay" : span is null && input["for"] is not null ? "for" : null;
        if (field is not null)
            return (null, field);

        var fault = new NewFault
        {
            Place = input["place"] ?? FaultPlace.All,
            Kind = Enum.GetValues<FaultKind>().FirstOrDefault(kind => MeetFault.Name(kind) == name),
            Status = status,
            Code = input["code"],
            Message = input["message"],
            RetryAfterSeconds = retryAfter,
            Delay = delay,
            Times = times,
            For = span,
            ClientKey = input["client_key"],
            Account = input["account"],
        };
        return (name switch
        {
            RateLimited => fault with { Status = status ?? 429, RetryAfterSeconds = retryAfter ?? 30 },
            WrongSecret => fault with { Place = input["place"] ?? "oauth", Status = status ?? 401, Code = fault.Code ?? "invalid_client", Message = fault.Message ?? "Client key or secret is incorrect." },
            _ => fault,
        }, "");
    }

    private static (int? Number, bool IsRead) Number(string? text) =>
        text is null ? (null, true) : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, true) : (null, false);
}
