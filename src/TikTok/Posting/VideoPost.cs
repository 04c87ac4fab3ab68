namespace Holdfast.TikTok.Posting;

/// <summary>What a direct post says about its video (tiktok-v2 §5.3).</summary>
/// <param name="PrivacyLevel">One of the creator's options.</param>
public sealed record VideoPost(string PrivacyLevel)
{
    /// <summary>The longest caption, in UTF-16 units (<see cref="string.Length"/>).</summary>
    public const int LongestTitle = 2200;

    /// <summary>The caption with its hashtags and mentions; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>Nobody may duet.</summary>
    public bool DisableDuet { get; init; }

    /// <summary>Nobody may stitch.</summary>
    public bool DisableStitch { get; init; }

    /// <summary>Nobody may comment.</summary>
    public bool DisableComment { get; init; }

    /// <summary>The frame to use as cover, whole milliseconds from the start; null takes the first.</summary>
    public TimeSpan? CoverAt { get; init; }

    /// <summary>A paid partnership with a third party.</summary>
    public bool IsBrandedContent { get; init; }

    /// <summary>Promotes the creator's own business.</summary>
    public bool IsOwnBrand { get; init; }

    /// <summary>Labelled as made by AI.</summary>
    public bool IsAiGenerated { get; init; }
}
