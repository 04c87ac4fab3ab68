using System.Text.Json;

namespace Holdfast.TikTok.Display;

/// <summary>Profile and public videos (tiktok-v2 §4). Each endpoint takes 600 calls a minute.</summary>
public sealed class DisplayApi
{
    private readonly Api api;

    internal DisplayApi(Api api) => this.api = api;

    /// <summary>The account's profile (§4.1).</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="fields">At least one; see <see cref="UserFields.For"/>.</param>
    /// <param name="aborted">Ends the wait.</param>
    /// <exception cref="ArgumentException">No field was named.</exception>
    public Task<ApiOutcome<UserInfo>> UserInfoAsync(AccessToken token, IReadOnlyCollection<string> fields, CancellationToken aborted) =>
        api.GetAsync("/v2/user/info/", Query(fields), token, data => data.ObjectMember("user") is { } user ? ReadUser(user) : null, aborted);

    /// <summary>The account's public videos, newest first (§4.2). Needs <c>video.list</c>.</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="fields">At least one; <c>id</c> is always asked for too.</param>
    /// <param name="cursor">Unix milliseconds: videos posted before it. Null starts at the newest.</param>
    /// <param name="maxCount">1 to 20 videos.</param>
    /// <param name="aborted">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCount"/> is outside its range.</exception>
    public Task<ApiOutcome<VideoPage>> VideosAsync(
        AccessToken token, IReadOnlyCollection<string> fields, long? cursor, int maxCount, CancellationToken aborted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxCount, 20);
        return api.PostAsync("/v2/video/list/", Query(WithId(fields)), token, Write, ReadPage, aborted);

        void Write(Utf8JsonWriter writer)
        {
            if (cursor is { } before)
            {
                writer.WriteNumber("cursor", before);
            }

            writer.WriteNumber("max_count", maxCount);
        }
    }

    /// <summary>Chosen videos of the account, for example to renew their cover addresses (§4.3). Needs <c>video.list</c>. Videos of others are silently left out.</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="fields">At least one; <c>id</c> is always asked for too.</param>
    /// <param name="videoIds">1 to 20 ids.</param>
    /// <param name="aborted">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">None or more than 20 ids.</exception>
    public Task<ApiOutcome<VideoPage>> QueryVideosAsync(
        AccessToken token, IReadOnlyCollection<string> fields, IReadOnlyCollection<string> videoIds, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(videoIds);
        ArgumentOutOfRangeException.ThrowIfLessThan(videoIds.Count, 1, nameof(videoIds));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(videoIds.Count, 20, nameof(videoIds));
        return api.PostAsync("/v2/video/query/", Query(WithId(fields)), token, Write, ReadPage, aborted);

        void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject("filters");
            writer.WriteStartArray("video_ids");
            foreach (var id in videoIds)
            {
                writer.WriteStringValue(id);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }
    }

    private static IReadOnlyCollection<string> WithId(IReadOnlyCollection<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return fields.Contains("id") || fields.Count == 0 ? fields : ["id", .. fields];
    }

    private static string Query(IReadOnlyCollection<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return fields.Count > 0
            ? "?fields=" + string.Join(',', fields.Select(Uri.EscapeDataString))
            : throw new ArgumentException("Name at least one field: TikTok refuses the call otherwise.", nameof(fields));
    }

    private static UserInfo ReadUser(JsonElement user) => new()
    {
        OpenId = user.Text("open_id"),
        UnionId = user.Text("union_id"),
        AvatarUrl = user.Text("avatar_url"),
        AvatarUrl100 = user.Text("avatar_url_100"),
        AvatarLargeUrl = user.Text("avatar_large_url"),
        DisplayName = user.Text("display_name"),
        BioDescription = user.Text("bio_description"),
        ProfileDeepLink = user.Text("profile_deep_link"),
        IsVerified = user.Flag("is_verified"),
        Username = user.Text("username"),
        FollowerCount = user.Integer("follower_count"),
        FollowingCount = user.Integer("following_count"),
        LikesCount = user.Integer("likes_count"),
        VideoCount = user.Integer("video_count"),
    };

    private static VideoPage? ReadPage(JsonElement data)
    {
        // More without a place to go on from would send a reader round in circles.
        var cursor = data.Integer("cursor");
        return data.Member("videos") is { ValueKind: JsonValueKind.Array }
            ? new([.. data.Items("videos").Select(ReadVideo).OfType<Video>()], cursor, cursor is not null && (data.Flag("has_more") ?? false))
            : null;
    }

    private static Video? ReadVideo(JsonElement video) => (video.Text("id") ?? video.Integer("id")?.ToString(System.Globalization.CultureInfo.InvariantCulture)) is { Length: > 0 } id
        ? new(id)
        {
            // The list's cursor is in milliseconds, this one in seconds (§4.4).
            CreatedAt = video.Integer("create_time") is >= 0 and <= 253_402_300_799 and { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            CoverImageUrl = video.Text("cover_image_url"),
            ShareUrl = video.Text("share_url"),
            Description = video.Text("video_description"),
            Title = video.Text("title"),
            Duration = video.Integer("duration") is >= 0 and <= 86_400 and { } length ? TimeSpan.FromSeconds(length) : null,
            Height = Pixels(video, "height"),
            Width = Pixels(video, "width"),
            EmbedHtml = video.Text("embed_html"),
            EmbedLink = video.Text("embed_link"),
            LikeCount = video.Integer("like_count"),
            CommentCount = video.Integer("comment_count"),
            ShareCount = video.Integer("share_count"),
            ViewCount = video.Integer("view_count"),
        }
        : null;

    private static int? Pixels(JsonElement video, string name) => video.Integer(name) is >= 0 and <= int.MaxValue and { } pixels ? (int)pixels : null;
}
