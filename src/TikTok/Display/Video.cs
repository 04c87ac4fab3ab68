namespace Holdfast.TikTok.Display;

/// <summary>A public video of the account (tiktok-v2 §4.4). A member other than <see cref="Id"/> is null when its field was not asked for or not told.</summary>
/// <param name="Id">TikTok's id of the video.</param>
public sealed record Video(string Id)
{
    /// <summary>When it was posted, to the second.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Address of the cover; works for 6 hours, then ask again.</summary>
    public string? CoverImageUrl { get; init; }

    /// <summary>Address of the video's page.</summary>
    public string? ShareUrl { get; init; }

    /// <summary>The caption, at most 150 characters of it.</summary>
    public string? Description { get; init; }

    /// <summary>The title, at most 150 characters of it.</summary>
    public string? Title { get; init; }

    /// <summary>How long it plays, in whole seconds.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Height in pixels.</summary>
    public int? Height { get; init; }

    /// <summary>Width in pixels.</summary>
    public int? Width { get; init; }

    /// <summary>Markup that embeds the video. Foreign markup: never put it into a page as it is.</summary>
    public string? EmbedHtml { get; init; }

    /// <summary>Address of the embedded player.</summary>
    public string? EmbedLink { get; init; }

    /// <summary>Number of likes.</summary>
    public long? LikeCount { get; init; }

    /// <summary>Number of comments.</summary>
    public long? CommentCount { get; init; }

    /// <summary>Number of shares.</summary>
    public long? ShareCount { get; init; }

    /// <summary>Number of views.</summary>
    public long? ViewCount { get; init; }
}

/// <summary>One page of videos, newest first.</summary>
/// <param name="Videos">At most 20.</param>
/// <param name="Cursor">Unix milliseconds; give it to the next call while <paramref name="HasMore"/>. Null when not told.</param>
/// <param name="HasMore">Whether older videos exist; true only together with a cursor.</param>
public sealed record VideoPage(IReadOnlyList<Video> Videos, long? Cursor, bool HasMore);
