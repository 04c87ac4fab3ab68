namespace Holdfast.Studio.Media;

/// <summary>A video that a workspace may post.</summary>
public sealed record MediaRow
{
    public const string Columns = "id, workspace_id, file_name, content_type, bytes, duration_ms, width, height, sample, has_cover, uploaded_by, created_at, ready_at";

    public string Id { get; init; } = "";
    public string WorkspaceId { get; init; } = "";
    public string FileName { get; init; } = "";
    public string ContentType { get; init; } = "";
    public long Bytes { get; init; }
    public long? DurationMs { get; init; }
    public long? Width { get; init; }
    public long? Height { get; init; }

    /// <summary>The name of one of our own clips; null for an upload.</summary>
    public string? Sample { get; init; }
    public bool HasCover { get; init; }
    public string UploadedBy { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ReadyAt { get; init; }

    public TimeSpan? Duration => DurationMs is { } length ? TimeSpan.FromMilliseconds(length) : null;

    public string Url => $"/media/{Id}";

    public string? CoverUrl => HasCover ? $"/media/{Id}/cover" : null;
}
