namespace Holdfast.Studio.Posts;

/// <summary>What is said and allowed with a video, wherever it stands: typed in the form, decided for the store, saved in the row.</summary>
public abstract record PostContent
{
    public string Caption { get; init; } = "";

    /// <summary>TikTok's word for the audience; empty while nobody has chosen.</summary>
    public string Privacy { get; init; } = "";
    public bool AllowComment { get; init; }
    public bool AllowDuet { get; init; }
    public bool AllowStitch { get; init; }
    public bool IsCommercial { get; init; }
    public bool IsOwnBrand { get; init; }
    public bool IsBrandedContent { get; init; }

    /// <summary><paramref name="other"/> with this content.</summary>
    internal T On<T>(T other) where T : PostContent => (T)((PostContent)other with
    {
        Caption = Caption,
        Privacy = Privacy,
        AllowComment = AllowComment,
        AllowDuet = AllowDuet,
        AllowStitch = AllowStitch,
        IsCommercial = IsCommercial,
        IsOwnBrand = IsOwnBrand,
        IsBrandedContent = IsBrandedContent,
    });
}
