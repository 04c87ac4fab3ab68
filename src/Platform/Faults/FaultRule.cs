namespace Holdfast.Platform.Faults;

/// <summary>Which faults make sense, and which of them a call meets. Pure.</summary>
internal static class FaultRule
{
    public static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(365);
    public const int MostTimes = 1_000_000;

    /// <summary>Half a minute longer than the patience of most clients.</summary>
    private static readonly TimeSpan UsualHold = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UsualDelay = TimeSpan.FromSeconds(5);

    /// <summary>What cannot be taken; <c>null</c> when all can. The words stand under <c>faults.problem.…</c>.</summary>
    public static FaultProblem? ProblemWith(NewFault wanted) => wanted switch
    {
        _ when !FaultPlace.IsKnown(wanted.Place) => FaultProblem.Place,
        { Status: < 200 or > 599 } => FaultProblem.Status,
        { Kind: FaultKind.Html, Status: < 400 } => FaultProblem.Status,
        { Code: { Length: > 200 } } => FaultProblem.Code,
        _ when !Codes(wanted.Code).All(IsWord) => FaultProblem.Code,
        { Message: { Length: > 300 } } => FaultProblem.Message,
        { RetryAfterSeconds: < 0 or > 86_400 } => FaultProblem.RetryAfter,
        { Times: < 1 or > MostTimes } => FaultProblem.Times,
        _ when wanted.Delay is { } delay && (delay < TimeSpan.Zero || delay > LongestDelay) => FaultProblem.Delay,
        _ when wanted.For is { } span && (span <= TimeSpan.Zero || span > Longest) => FaultProblem.For,
        _ => null,
    };

    /// <summary>The row of a fault that makes sense.</summary>
    public static Fault Make(NewFault wanted, string id, string? story, DateTimeOffset now, DateTimeOffset? storyEndsAt) => new()
    {
        Id = id,
        Story = story,
        Place = wanted.Place,
        Kind = wanted.Kind,
        Status = wanted.Status ?? 503,
        Code = (wanted.Code ?? "").Trim(),
        Message = (wanted.Message ?? "").Trim(),
        RetryAfterSeconds = wanted.RetryAfterSeconds,
        DelayMs = (long)(wanted.Delay ?? wanted.Kind switch { FaultKind.Timeout => UsualHold, FaultKind.Slow => UsualDelay, _ => TimeSpan.Zero }).TotalMilliseconds,
        Remaining = wanted.Times ?? (wanted.For is null && storyEndsAt is null ? 1 : null),
        EndsAt = wanted.For is { } span ? now + span : storyEndsAt,
        CreatedAt = now,
    };

    public static bool IsLive(Fault fault, DateTimeOffset now) => fault.Remaining is not <= 0 && (fault.EndsAt is null || fault.EndsAt > now);

    /// <summary>Whether a call meets it.</summary>
    /// <param name="caller">Who calls, where that had to be asked.</param>
    public static bool Meets(Fault fault, string at, Caller? caller, DateTimeOffset now) =>
        IsLive(fault, now) && FaultPlace.Covers(fault.Place, at, caller?.Grant)
        && (fault.AppId is null || fault.AppId == caller?.AppId) && (fault.PersonId is null || fault.PersonId == caller?.PersonId);

    private static string[] Codes(string? code) => (code ?? "").Split(',', StringSplitOptions.TrimEntries);

    private static bool IsWord(string code) => code.Length <= 64 && code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-');
}

/// <summary>What is wrong with a fault that was asked for.</summary>
internal enum FaultProblem { Place, Status, Code, Message, RetryAfter, Times, Delay, For, App, Account, Verdict, VerdictDelay }

/// <summary>Who makes a call, as far as its token, key or upload tells.</summary>
/// <param name="Grant">The <c>grant_type</c> of a token request.</param>
internal sealed record Caller(string? AppId = null, string? PersonId = null, string? Grant = null)
{
    /// <summary>For the request log.</summary>
    public string? ClientKey { get; init; }
    public string? OpenId { get; init; }
}
