using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Configurations;

namespace Holdfast.Platform.Developers.Review;

/// <summary>What a configuration lacks before anybody may decide about it.</summary>
internal static class SubmissionRule
{
    /// <summary>In the order of the pages. Without what <see cref="Lack.Blocks"/> nothing works; the rest is what TikTok's reviewers look for (portal §2.1).</summary>
    /// <param name="mode">People insist on everything, the automatic rule on what works.</param>
    public static IReadOnlyList<Lack> Lacks(AppConfiguration wanted, ReviewMode mode)
    {
        var (details, manual) = (wanted.Details, mode is ReviewMode.Manual);
        List<Lack> lacks = [];
        Need(ConfigurationRule.NameProblem(wanted.Name) is null, AppPlace.Details, "name", blocks: true);
        Need(wanted.IconKey is not null, AppPlace.Details, "icon");
        Need(details.Category.Length > 0, AppPlace.Details, "category");
        Need(details.Description.Length > 0, AppPlace.Details, "description");
        Need(details.TermsUrl.Length > 0, AppPlace.Details, "terms");
        Need(details.PrivacyUrl.Length > 0, AppPlace.Details, "privacy");
        Need(details.Platforms.Count > 0, AppPlace.Details, "platforms");
        foreach (var platform in details.Platforms)
        {
            Need(platform switch
            {
                RedirectPlatform.Web or RedirectPlatform.Desktop => details.WebsiteUrl.Length > 0,
                RedirectPlatform.Ios => details.IosBundleId.Length > 0 && details.IosStoreUrl.Length > 0,
                RedirectPlatform.Android => details.AndroidPackage.Length > 0 && details.AndroidStoreUrl.Length > 0 && details.AndroidSignature.Length > 0,
            }, AppPlace.Details, $"platform.{platform}");
        }
        Need(wanted.Products.Contains(Product.LoginKit), AppPlace.Products, "login-kit", blocks: true);
        Need(wanted.Scopes.Count > 0, AppPlace.Products, "scopes", blocks: true);
        Need(wanted.Redirects.Count > 0, AppPlace.Redirects, "redirects", blocks: true);
        return lacks.DistinctBy(lack => lack.Text).ToList();

        void Need(bool isThere, AppPlace where, string text, bool blocks = false)
        {
            if (!isThere)
                lacks.Add(new Lack(where, text, blocks || manual));
        }
    }
}

/// <summary>Something that is not there.</summary>
/// <param name="Where">The page to put it on.</param>
/// <param name="Text">Its words stand in Texts.json under <c>lack.…</c>.</param>
/// <param name="Blocks">Without it there is no submission.</param>
public sealed record Lack(AppPlace Where, string Text, bool Blocks);
