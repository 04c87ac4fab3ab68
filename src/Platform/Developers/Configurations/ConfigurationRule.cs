using System.Net;
using System.Text.RegularExpressions;
using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>What may stand in a configuration (portal §2.1, §2.2). Fields may be empty while it is written; what has to be there for a review is <c>SubmissionRule</c>'s.</summary>
internal static partial class ConfigurationRule
{
    public const int LongestName = 50;
    public const int LongestDescription = 300;

    private const int LongestUrlExclusive = 512;

    // TikTok: an app is not named after a social network, nor as if it were part of one.
    private static readonly string[] SocialNetworks = ["tiktok", "tik tok", "douyin", "facebook", "instagram", "youtube", "twitter", "snapchat", "whatsapp", "linkedin", "pinterest", "reddit", "wechat", "telegram"];

    public static AppProblem? NameProblem(string name)
    {
        if (name.Trim() is not { Length: > 0 and <= LongestName } trimmed || trimmed.Any(char.IsControl))
            return new AppProblem(AppField.Name, "name-problem");
        return Array.Find(SocialNetworks, network => trimmed.Contains(network, StringComparison.OrdinalIgnoreCase)) is { } found ? new AppProblem(AppField.Name, "name-network", found) : null;
    }

    public static AppProblem? DetailsProblem(AppDetails details) =>
        details.Category.Length > 0 && !AppDetails.Categories.Contains(details.Category) ? new AppProblem(AppField.Category, "category-problem")
        : details.Description.Length > LongestDescription ? new AppProblem(AppField.Description, "description-problem")
        : !IsPage(details.TermsUrl) ? new AppProblem(AppField.Terms, "url-problem")
        : !IsPage(details.PrivacyUrl) ? new AppProblem(AppField.Privacy, "url-problem")
        : !IsPage(details.WebsiteUrl) ? new AppProblem(AppField.Website, "url-problem")
        : details.IosBundleId.Length > 0 && !BundleId().IsMatch(details.IosBundleId) ? new AppProblem(AppField.IosBundle, "bundle-problem")
        : details.IosStoreUrl.Length > 0 && !(IsPage(details.IosStoreUrl) && details.IosStoreUrl.StartsWith("https://apps.apple.com/", StringComparison.Ordinal)) ? new AppProblem(AppField.IosStore, "app-store-problem")
        : details.AndroidPackage.Length > 0 && !PackageName().IsMatch(details.AndroidPackage) ? new AppProblem(AppField.AndroidPackage, "package-problem")
        : details.AndroidStoreUrl.Length > 0 && !(IsPage(details.AndroidStoreUrl) && details.AndroidStoreUrl.StartsWith("https://play.google.com/store/apps/", StringComparison.Ordinal)) ? new AppProblem(AppField.AndroidStore, "play-store-problem")
        : details.AndroidSignature.Length > 0 && !Fingerprint().IsMatch(details.AndroidSignature) ? new AppProblem(AppField.AndroidSignature, "signature-problem")
        : null;

    public static AppProblem? RedirectsProblem(IReadOnlyList<RegisteredRedirect> redirects)
    {
        foreach (var platform in Enum.GetValues<RedirectPlatform>())
        {
            var field = FieldOf(platform);
            var uris = redirects.Where(redirect => redirect.Platform == platform).Select(redirect => redirect.Uri).ToList();
            if (uris.Count > RedirectUriRule.Most)
                return new AppProblem(field, "redirect.TooMany");
            foreach (var uri in uris)
            {
                if (RedirectUriRule.ProblemWith(platform, uri) is { } problem)
                    return new AppProblem(field, $"redirect.{problem}", uri);
            }
        }
        return null;
    }

    public static AppProblem? ProductsProblem(IReadOnlyList<Product> products, IReadOnlyList<string> scopes)
    {
        if (scopes.Any(scope => !KnownScopes.OfApps.Contains(scope)))
            return new AppProblem(AppField.Scopes, "scope-problem");
        foreach (var product in products)
        {
            if (product.Needs() is { } needed && !products.Contains(needed))
                return new AppProblem(AppField.Products, $"product-needs.{product}");
        }
        return scopes.FirstOrDefault(scope => !products.Contains(ProductRule.ProductOf(scope))) is { } lonely ? new AppProblem(AppField.Scopes, "scope-needs-product", lonely) : null;
    }

    public static AppField FieldOf(RedirectPlatform platform) => platform switch
    {
        RedirectPlatform.Web => AppField.Web,
        RedirectPlatform.Desktop => AppField.Desktop,
        RedirectPlatform.Ios => AppField.Ios,
        RedirectPlatform.Android => AppField.Android,
    };

    // Only https on a domain name: these become links on pages of ours.
    private static bool IsPage(string url) => url.Length == 0 || (url.Length < LongestUrlExclusive
        && url.StartsWith("https://", StringComparison.Ordinal) && !url.Any(c => c is <= ' ' or > '~' or '\\' or '"' or '<' or '>')
        && Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Length == 0
        && parsed.HostNameType is UriHostNameType.Dns && parsed.Host.Contains('.', StringComparison.Ordinal) && !IPAddress.TryParse(parsed.Host, out _));

    [GeneratedRegex(@"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+\z", RegexOptions.None, 1000)]
    private static partial Regex BundleId();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)+\z", RegexOptions.None, 1000)]
    private static partial Regex PackageName();

    [GeneratedRegex(@"^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){15,31}\z", RegexOptions.None, 1000)]
    private static partial Regex Fingerprint();
}
