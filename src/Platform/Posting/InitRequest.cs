using System.Text.Json;
using Holdfast.Platform.Api;

namespace Holdfast.Platform.Posting;

/// <summary>What a client asks to post (§5.3).</summary>
internal sealed record InitRequest
{
    /// <summary>UTF-16 code units.</summary>
    private const int LongestCaption = 2_200;

    public required string Caption { get; init; }

    /// <summary><c>null</c> when missing, which is a mismatch with any account's options.</summary>
    public required string? PrivacyLevel { get; init; }

    public required bool DisableComment { get; init; }
    public required bool DisableDuet { get; init; }
    public required bool DisableStitch { get; init; }
    public required bool BrandContent { get; init; }
    public required bool BrandOrganic { get; init; }
    public required bool IsAigc { get; init; }

    /// <summary>Milliseconds; missing or invalid is the first frame.</summary>
    public required long CoverAtMs { get; init; }

    public required ChunkPlan Plan { get; init; }

    /// <summary>Reads a body; the second part says what is wrong with it.</summary>
    public static (InitRequest? Request, string Problem) Read(JsonElement? body)
    {
        if (body is not { } json)
            return (null, "The request body is not valid JSON");
        if (json.Member("post_info") is not { ValueKind: JsonValueKind.Object } post)
            return (null, "The request post info is empty or incorrect");
        if (json.Member("source_info") is not { ValueKind: JsonValueKind.Object } source)
            return (null, "The request source info is empty or incorrect");
        if (post.Member("title") is not null && post.Text("title") is not { Length: <= LongestCaption })
            return (null, "The title is invalid: at most 2200 UTF-16 characters");
        if (Switches.FirstOrDefault(name => post.Member(name) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) }) is { } wrong)
            return (null, $"The field {wrong} is invalid");
        if (source.Text("source") is not "FILE_UPLOAD")
            return (null, source.Text("source") is "PULL_FROM_URL" ? "This server does not take PULL_FROM_URL; use FILE_UPLOAD" : "The request source info is empty or incorrect");

        var plan = new ChunkPlan(source.Whole("video_size") ?? 0, source.Whole("chunk_size") ?? 0, source.Whole("total_chunk_count") ?? 0);
        return plan.Problem is { } problem
            ? (null, problem)
            : (new InitRequest
            {
                Caption = post.Text("title") ?? "",
                PrivacyLevel = post.Text("privacy_level"),
                DisableComment = IsOn(post, "disable_comment"),
                DisableDuet = IsOn(post, "disable_duet"),
                DisableStitch = IsOn(post, "disable_stitch"),
                BrandContent = IsOn(post, "brand_content_toggle"),
                BrandOrganic = IsOn(post, "brand_organic_toggle"),
                IsAigc = IsOn(post, "is_aigc"),
                CoverAtMs = Math.Clamp(post.Whole("video_cover_timestamp_ms") ?? 0, 0, int.MaxValue),
                Plan = plan,
            }, "");
    }

    private static readonly string[] Switches = ["disable_comment", "disable_duet", "disable_stitch", "brand_content_toggle", "brand_organic_toggle", "is_aigc"];

    private static bool IsOn(JsonElement post, string name) => post.Member(name) is { ValueKind: JsonValueKind.True };
}
