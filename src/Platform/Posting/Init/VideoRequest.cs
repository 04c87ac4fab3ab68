using System.Text.Json;
using Holdfast.Platform.Api;

namespace Holdfast.Platform.Posting.Init;

/// <summary>Reads the bodies of <c>video/init</c> and <c>inbox/video/init</c> (§5.3, §5.4).</summary>
internal static class VideoRequest
{
    /// <summary>UTF-16 code units.</summary>
    private const int LongestCaption = 2_200;

    /// <summary>A direct post; the second part says what is wrong with it.</summary>
    /// <param name="mayBeFetched">Whether an address is one that may be called at all.</param>
    public static (InitRequest? Request, string Problem) ReadPost(JsonElement? body, Func<string, bool> mayBeFetched)
    {
        if (body is not { } json)
            return (null, InitBody.NoJson);
        if (json.Object("post_info") is not { } post)
            return (null, InitBody.NoPost);
        if (json.Object("source_info") is not { } info)
            return (null, InitBody.NoSource);
        if (!post.Fits("title", LongestCaption))
            return (null, "The title is invalid: at most 2200 UTF-16 characters");
        if (post.NoSwitch("disable_comment", "disable_duet", "disable_stitch", "brand_content_toggle", "brand_organic_toggle", "is_aigc") is { } wrong)
            return (null, $"The field {wrong} is invalid");
        var (source, problem) = ReadSource(info, mayBeFetched);
        return source is null ? (null, problem) : (new InitRequest
        {
            Goal = PostGoal.Profile,
            Source = source,
            Caption = post.Text("title") ?? "",
            PrivacyLevel = post.Text("privacy_level"),
            DisableComment = post.IsOn("disable_comment"),
            DisableDuet = post.IsOn("disable_duet"),
            DisableStitch = post.IsOn("disable_stitch"),
            BrandContent = post.IsOn("brand_content_toggle"),
            BrandOrganic = post.IsOn("brand_organic_toggle"),
            IsAigc = post.IsOn("is_aigc"),
            CoverAtMs = Math.Clamp(post.Whole("video_cover_timestamp_ms") ?? 0, 0, int.MaxValue),
        }, "");
    }

    /// <summary>A draft: clients send <c>post_info</c> as well, and it is ignored.</summary>
    public static (InitRequest? Request, string Problem) ReadDraft(JsonElement? body, Func<string, bool> mayBeFetched)
    {
        if (body is not { } json)
            return (null, InitBody.NoJson);
        if (json.Object("source_info") is not { } info)
            return (null, InitBody.NoSource);
        var (source, problem) = ReadSource(info, mayBeFetched);
        return source is null ? (null, problem) : (new InitRequest { Goal = PostGoal.Inbox, Source = source }, "");
    }

    private static (MediaSource? Source, string Problem) ReadSource(JsonElement info, Func<string, bool> mayBeFetched)
    {
        switch (info.Text("source"))
        {
            case "FILE_UPLOAD":
                var plan = new ChunkPlan(info.Whole("video_size") ?? 0, info.Whole("chunk_size") ?? 0, info.Whole("total_chunk_count") ?? 0);
                return plan.Problem is { } problem ? (null, problem) : (new MediaSource.Upload(plan), "");
            case "PULL_FROM_URL":
                return info.Text("video_url") is { } address && mayBeFetched(address)
                    ? (new MediaSource.VideoAt(new Uri(address)), "")
                    : (null, "The video_url is invalid: an https address is needed");
            default:
                return (null, InitBody.NoSource);
        }
    }
}
