namespace Holdfast.TikTok.Posting;

/// <summary>A photo post (tiktok-v2 §5.5). TikTok pulls the pictures; their addresses have to be verified for the app.</summary>
/// <param name="Images">1 to 35 https addresses of JPEG or WebP pictures.</param>
/// <param name="CoverIndex">Zero-based position of the cover.</param>
public sealed record PhotoPost(IReadOnlyList<string> Images, int CoverIndex)
{
    /// <summary>At most 90 UTF-16 units; null for none.</summary>
    public string? Title { get; init; }

    /// <summary>At most 4000 UTF-16 units; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>One of the creator's options; needed for a direct post, null for a draft.</summary>
    public string? PrivacyLevel { get; init; }

    /// <summary>Nobody may comment. Direct posts only.</summary>
    public bool DisableComment { get; init; }

    /// <summary>TikTok adds recommended music. Direct posts only.</summary>
    public bool AutoAddMusic { get; init; }

    /// <summary>A paid partnership with a third party. Direct posts only.</summary>
    public bool IsBrandedContent { get; init; }

    /// <summary>Promotes the creator's own business. Direct posts only.</summary>
    public bool IsOwnBrand { get; init; }

    /// <summary>Labelled as made by AI.</summary>
    public bool IsAiGenerated { get; init; }
}
