using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>What people and reviewers read of an app, and no protocol asks.</summary>
public sealed record AppDetails
{
    public string Category { get; init; } = "";
    public string Description { get; init; } = "";
    public string TermsUrl { get; init; } = "";
    public string PrivacyUrl { get; init; } = "";

    /// <summary>Where the app runs.</summary>
    public IReadOnlyList<RedirectPlatform> Platforms { get; init; } = [];

    /// <summary>The official website, for Web and Desktop.</summary>
    public string WebsiteUrl { get; init; } = "";

    public string IosBundleId { get; init; } = "";
    public string IosStoreUrl { get; init; } = "";
    public string AndroidPackage { get; init; } = "";
    public string AndroidStoreUrl { get; init; } = "";

    /// <summary>Fingerprint of the certificate the Android app is signed with, in hexadecimal.</summary>
    public string AndroidSignature { get; init; } = "";

    /// <summary>Names under <c>category.…</c> in Texts.json.</summary>
    public static readonly string[] Categories = ["Business", "Education", "Entertainment", "Lifestyle", "Music", "News", "Photo", "Productivity", "Shopping", "Social", "Sports", "Utilities", "Other"];
}
