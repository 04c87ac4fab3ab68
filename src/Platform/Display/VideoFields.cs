using System.Text.Encodings.Web;
using System.Text.Json;
using Holdfast.Platform.Profiles;
using Holdfast.Shell.Language;

namespace Holdfast.Platform.Display;

/// <summary>The fields of the video object (§4.4).</summary>
internal static class VideoFields
{
    private const int LongestTitle = 150;

    private static readonly Dictionary<string, Action<Utf8JsonWriter, string, VideoData>> Known = new(StringComparer.Ordinal)
    {
        ["id"] = (json, name, it) => json.WriteString(name, it.Video.Id),
        ["create_time"] = (json, name, it) => json.WriteNumber(name, it.Video.CreatedAt.ToUnixTimeSeconds()),
        ["cover_image_url"] = (json, name, it) => json.WriteString(name, it.Links.Cover(it.UserName, it.Video.Id)),
        ["share_url"] = (json, name, it) => json.WriteString(name, $"{it.PageUrl}?utm_campaign=tt4d_open_api&utm_source={it.ClientKey}"),
        ["video_description"] = (json, name, it) => json.WriteString(name, Short(it.Video.Caption)),
        ["duration"] = (json, name, it) => json.WriteNumber(name, (it.Video.DurationMs + 999) / 1000),
        ["height"] = (json, name, it) => json.WriteNumber(name, it.Video.Height),
        ["width"] = (json, name, it) => json.WriteNumber(name, it.Video.Width),
        ["title"] = (json, name, it) => json.WriteString(name, Short(it.Video.Title.Length > 0 ? it.Video.Title : it.Video.Caption)),
        ["embed_html"] = (json, name, it) => json.WriteString(name, $"<blockquote cite=\"{it.PageUrl}\"><a href=\"{it.PageUrl}\">{HtmlEncoder.Default.Encode(Short(it.Video.Words))}</a></blockquote>"),
        ["embed_link"] = (json, name, it) => json.WriteString(name, it.PageUrl),
        ["like_count"] = (json, name, it) => json.WriteNumber(name, it.Video.LikeCount),
        ["comment_count"] = (json, name, it) => json.WriteNumber(name, it.Video.CommentCount),
        ["share_count"] = (json, name, it) => json.WriteNumber(name, it.Video.ShareCount),
        ["view_count"] = (json, name, it) => json.WriteNumber(name, it.Video.ViewCount),
    };

    public static bool Has(string name) => Known.ContainsKey(name);

    /// <summary>Writes <c>"videos":[…]</c> with only the fields asked for.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<VideoData> videos, IReadOnlyList<string> fields)
    {
        json.WriteStartArray("videos");
        foreach (var video in videos)
        {
            json.WriteStartObject();
            foreach (var field in fields)
                Known[field](json, field, video);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Short(string caption) => caption.CutTo(LongestTitle);
}

/// <summary>A video and what its addresses are made of.</summary>
internal sealed record VideoData(Video Video, string UserName, string ClientKey, SiteLinks Links)
{
    public string PageUrl => Links.Video(UserName, Video.Id);
}
