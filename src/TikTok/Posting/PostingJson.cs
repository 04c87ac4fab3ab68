using System.Text.Json;

namespace Holdfast.TikTok.Posting;

/// <summary>The bodies of the posting calls, both ways.</summary>
internal static class PostingJson
{
    public static void Write(Utf8JsonWriter writer, VideoPost post)
    {
        writer.WriteStartObject("post_info");
        WriteText(writer, "title", post.Title);
        writer.WriteString("privacy_level", post.PrivacyLevel);
        writer.WriteBoolean("disable_duet", post.DisableDuet);
        writer.WriteBoolean("disable_stitch", post.DisableStitch);
        writer.WriteBoolean("disable_comment", post.DisableComment);
        if (post.CoverAt is { } cover)
        {
            writer.WriteNumber("video_cover_timestamp_ms", checked((int)cover.TotalMilliseconds));
        }

        writer.WriteBoolean("brand_content_toggle", post.IsBrandedContent);
        writer.WriteBoolean("brand_organic_toggle", post.IsOwnBrand);
        writer.WriteBoolean("is_aigc", post.IsAiGenerated);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, VideoSource source)
    {
        writer.WriteStartObject("source_info");
        switch (source)
        {
            case VideoSource.FileUpload(var plan):
                writer.WriteString("source", "FILE_UPLOAD");
                writer.WriteNumber("video_size", plan.VideoSize);
                writer.WriteNumber("chunk_size", plan.ChunkSize);
                writer.WriteNumber("total_chunk_count", plan.Count);
                break;
            case VideoSource.PullFromUrl(var url):
                writer.WriteString("source", "PULL_FROM_URL");
                writer.WriteString("video_url", url);
                break;
            default:
                throw new ArgumentNullException(nameof(source));
        }

        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, PhotoPost post, bool asDraft)
    {
        writer.WriteString("media_type", "PHOTO");
        writer.WriteString("post_mode", asDraft ? "MEDIA_UPLOAD" : "DIRECT_POST");
        writer.WriteStartObject("post_info");
        WriteText(writer, "title", post.Title);
        WriteText(writer, "description", post.Description);
        if (!asDraft)
        {
            WriteText(writer, "privacy_level", post.PrivacyLevel);
            writer.WriteBoolean("disable_comment", post.DisableComment);
            writer.WriteBoolean("auto_add_music", post.AutoAddMusic);
            writer.WriteBoolean("brand_content_toggle", post.IsBrandedContent);
            writer.WriteBoolean("brand_organic_toggle", post.IsOwnBrand);
        }

        writer.WriteEndObject();
        writer.WriteStartObject("source_info");
        writer.WriteString("source", "PULL_FROM_URL");
        writer.WriteNumber("photo_cover_index", post.CoverIndex);
        writer.WriteStartArray("photo_images");
        foreach (var image in post.Images)
        {
            writer.WriteStringValue(image);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        // The newest edition of the page has it here, not in post_info (§5.5).
        writer.WriteBoolean("is_aigc", post.IsAiGenerated);
    }

    public static CreatorInfo? Creator(JsonElement data) =>
        data.Text("creator_username") is { } username && data.Member("privacy_level_options") is { ValueKind: JsonValueKind.Array }
            ? new(
                data.Text("creator_avatar_url"), username, data.Text("creator_nickname") ?? username, data.Texts("privacy_level_options"),
                data.Flag("comment_disabled") ?? false, data.Flag("duet_disabled") ?? false, data.Flag("stitch_disabled") ?? false,
                data.Integer("max_video_post_duration_sec") is > 0 and <= 86_400 and { } seconds ? TimeSpan.FromSeconds(seconds) : null)
            : null;

    public static VideoInit? Init(JsonElement data, VideoSource source)
    {
        var url = data.Text("upload_url");
        return PublishId(data) is { } id && (source is VideoSource.PullFromUrl || UploadUrl.IsUsable(url))
            ? new(id, source is VideoSource.FileUpload ? new(url!) : null) // IsUsable refuses null
            : null;
    }

    public static PhotoInit? Photos(JsonElement data) => PublishId(data) is { } id ? new(id) : null;

    public static PublishStatus? Status(JsonElement data) => data.Text("status") is { Length: > 0 } status
        ? new(
            status switch
            {
                "PROCESSING_UPLOAD" => PublishState.ProcessingUpload,
                "PROCESSING_DOWNLOAD" => PublishState.ProcessingDownload,
                "SEND_TO_USER_INBOX" => PublishState.InInbox,
                "PUBLISH_COMPLETE" => PublishState.Complete,
                "FAILED" => PublishState.Failed,
                _ => PublishState.Unrecognised,
            },
            Json.Printable(status), Json.Printable(data.Text("fail_reason")) is { Length: > 0 } reason ? reason : null,
            PostIds(data), data.Integer("uploaded_bytes"), data.Integer("downloaded_bytes"))
        : null;

    // TikTok spells it this way, and sends an array or one bare value, of numbers or strings (§9 no. 16).
    private static IReadOnlyList<long> PostIds(JsonElement data) => data.Member("publicaly_available_post_id") switch
    {
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select(Json.Integer).OfType<long>()],
        { } one when Json.Integer(one) is { } id => [id],
        _ => [],
    };

    private static string? PublishId(JsonElement data) =>
        data.Text("publish_id") is { Length: > 0 and <= 256 } id && Json.Printable(id) == id ? id : null;

    private static void WriteText(Utf8JsonWriter writer, string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteString(name, text);
        }
    }
}
