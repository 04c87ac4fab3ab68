namespace Holdfast.Studio.Accounts.Profile;

/// <summary>One of an account's latest public videos.</summary>
public sealed record VideoRow
{
    public string ConnectionId { get; init; } = "";
    public string VideoId { get; init; } = "";
    public string Title { get; init; } = "";
    public DateTimeOffset? PostedAt { get; init; }
    public string? CoverKey { get; init; }
    public string? ShareUrl { get; init; }
    public long? Views { get; init; }
    public long? Likes { get; init; }
    public long? Comments { get; init; }
    public long Place { get; init; }

    /// <summary>The cover on our own origin.</summary>
    public string? CoverUrl => CoverKey is null ? null : $"/accounts/{ConnectionId}/videos/{VideoId}/cover?v={CoverKey[(CoverKey.LastIndexOf('-') + 1)..]}";

    internal const string Columns = "connection_id, video_id, title, posted_at, cover_key, share_url, views, likes, comments, place";
}
