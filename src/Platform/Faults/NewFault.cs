namespace Holdfast.Platform.Faults;

/// <summary>A fault as the console's form, its API or a weather story asks for it.</summary>
internal sealed record NewFault
{
    public string Place { get; init; } = FaultPlace.All;
    public FaultKind Kind { get; init; } = FaultKind.Status;

    /// <summary>Of <see cref="FaultKind.Status"/> and <see cref="FaultKind.Html"/>; by default 503.</summary>
    public int? Status { get; init; }

    /// <summary>TikTok's code; several with commas between them are used in turn.</summary>
    public string? Code { get; init; }
    public string? Message { get; init; }
    public int? RetryAfterSeconds { get; init; }

    /// <summary>How long an answer is held back or a connection held.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>How many calls; with neither this nor <see cref="For"/> it is one.</summary>
    public int? Times { get; init; }

    /// <summary>How long.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>Only calls of the app with this key.</summary>
    public string? ClientKey { get; init; }

    /// <summary>Only calls for this account: a user name.</summary>
    public string? Account { get; init; }
}
