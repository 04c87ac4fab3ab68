using System.Text.Json;
using Holdfast.Platform.Api;

namespace Holdfast.Platform.Posting.Init;

/// <summary>What a client asks to post (§5.3 to §5.5), found sound.</summary>
internal sealed record InitRequest
{
    /// <summary>One of <see cref="PostGoal"/>.</summary>
    public required string Goal { get; init; }

    public required MediaSource Source { get; init; }

    /// <summary>Of photos only.</summary>
    public string Title { get; init; } = "";

    public string Caption { get; init; } = "";

    /// <summary><c>null</c> when missing, which is a mismatch with any account's options. A draft needs none.</summary>
    public string? PrivacyLevel { get; init; }

    public bool DisableComment { get; init; }
    public bool DisableDuet { get; init; }
    public bool DisableStitch { get; init; }
    public bool BrandContent { get; init; }
    public bool BrandOrganic { get; init; }
    public bool IsAigc { get; init; }

    /// <summary>Milliseconds; missing or invalid is the first frame.</summary>
    public long CoverAtMs { get; init; }
}

/// <summary>How bodies are read: a member is missing or of its type, and the words of a refusal are the ones seen live where we know them.</summary>
internal static class InitBody
{
    public const string NoJson = "The request body is not valid JSON";
    public const string NoPost = "The request post info is empty or incorrect";
    public const string NoSource = "The request source info is empty or incorrect";

    public static JsonElement? Object(this JsonElement body, string name) => body.Member(name) is { ValueKind: JsonValueKind.Object } found ? found : null;

    /// <summary>Whether a text is missing or at most <paramref name="longest"/> UTF-16 units long.</summary>
    public static bool Fits(this JsonElement body, string name, int longest) => body.Member(name) is null || (body.Text(name) is { } text && text.Length <= longest);

    public static bool IsOn(this JsonElement body, string name) => body.Member(name) is { ValueKind: JsonValueKind.True };

    /// <summary>The first of the switches that is neither on nor off nor missing.</summary>
    public static string? NoSwitch(this JsonElement body, params string[] names) =>
        names.FirstOrDefault(name => body.Member(name) is { ValueKind: not (JsonValueKind.True or JsonValueKind.False) });
}
