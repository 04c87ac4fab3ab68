namespace Holdfast.Platform.Requests;

/// <summary>One call as it waits to be written down. App and account are looked up by the statement that writes it.</summary>
internal sealed record LoggedCall
{
    public required string LogId { get; init; }
    public required long At { get; init; }
    public required string Place { get; init; }
    public required string Method { get; init; }
    public string? ClientKey { get; init; }
    public string? UploadId { get; init; }
    public string? OpenId { get; init; }

    /// <summary>The answer's HTTP status; 0 where none reached the caller.</summary>
    public required int Status { get; init; }
    public required string Code { get; init; }
    public required long DurationUs { get; init; }
    public string? Fault { get; init; }
    public required string UserAgent { get; init; }
}

/// <summary>One line of the request log.</summary>
public sealed record LoggedRequest
{
    public string LogId { get; init; } = "";
    public DateTimeOffset At { get; init; }
    public string Place { get; init; } = "";
    public string Method { get; init; } = "";
    public string? AppId { get; init; }
    public string? AppName { get; init; }
    public string? ClientKey { get; init; }
    public string? OpenId { get; init; }
    public string? UserName { get; init; }
    public long Status { get; init; }
    public string Code { get; init; } = "";
    public long DurationUs { get; init; }
    public string? Fault { get; init; }
    public string UserAgent { get; init; } = "";
}
