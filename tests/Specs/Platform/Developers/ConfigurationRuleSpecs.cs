using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Configurations;
using Holdfast.Platform.Developers.Review;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>Portal §2.1 as tables: what may stand in an app's configuration, and what a review asks for.</summary>
public sealed class ConfigurationRuleSpecs
{
    [Theory]
    [InlineData("Kiln", null)]
    [InlineData("", "name-problem")]
    [InlineData("   ", "name-problem")]
    [InlineData("123456789012345678901234567890123456789012345678901", "name-problem")]
    [InlineData("Two\nlines", "name-problem")]
    [InlineData("TikTok Planner", "name-network")]
    [InlineData("Save for instaGRAM", "name-network")]
    [InlineData("My YouTube", "name-network")]
    public void A_name_is_the_products_own(string name, string? problem) => Assert.Equal(problem, ConfigurationRule.NameProblem(name)?.Text);

    [Theory]
    [InlineData("https://kiln.example/terms", null)]
    [InlineData("", null)]
    [InlineData("http://kiln.example/terms", "url-problem")]
    [InlineData("javascript:alert(1)", "url-problem")]
    [InlineData("https://localhost/terms", "url-problem")]
    [InlineData("https://192.0.2.1/terms", "url-problem")]
    [InlineData("https://me@kiln.example/", "url-problem")]
    [InlineData("https://kiln.example/\"><script>", "url-problem")]
    public void A_policy_stands_on_a_domain_over_https(string url, string? problem)
    {
        Assert.Equal(problem, ConfigurationRule.DetailsProblem(new AppDetails { TermsUrl = url })?.Text);
        Assert.Equal(problem, ConfigurationRule.DetailsProblem(new AppDetails { PrivacyUrl = url })?.Text);
        Assert.Equal(problem, ConfigurationRule.DetailsProblem(new AppDetails { WebsiteUrl = url })?.Text);
    }

    [Fact]
    public void What_a_store_knows_an_app_by_has_a_form()
    {
        Assert.Null(ConfigurationRule.DetailsProblem(new AppDetails { IosBundleId = "com.kiln-co.app", IosStoreUrl = "https://apps.apple.com/app/id1", AndroidPackage = "com.kiln.app_1", AndroidStoreUrl = "https://play.google.com/store/apps/details?id=com.kiln", AndroidSignature = "AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67:89" }));
        Assert.Equal("bundle-problem", ConfigurationRule.DetailsProblem(new AppDetails { IosBundleId = "kiln" })?.Text);
        Assert.Equal("app-store-problem", ConfigurationRule.DetailsProblem(new AppDetails { IosStoreUrl = "https://kiln.example/app" })?.Text);
        Assert.Equal("package-problem", ConfigurationRule.DetailsProblem(new AppDetails { AndroidPackage = "com.1kiln" })?.Text);
        Assert.Equal("play-store-problem", ConfigurationRule.DetailsProblem(new AppDetails { AndroidStoreUrl = "https://play.google.com.evil.example/store/apps/x" })?.Text);
        Assert.Equal("signature-problem", ConfigurationRule.DetailsProblem(new AppDetails { AndroidSignature = "AB:CD" })?.Text);
        Assert.Equal("category-problem", ConfigurationRule.DetailsProblem(new AppDetails { Category = "Spam" })?.Text);
        Assert.Equal("description-problem", ConfigurationRule.DetailsProblem(new AppDetails { Description = new string('a', 301) })?.Text);
    }

    [Fact]
    public void A_scope_comes_with_its_product_and_a_product_with_what_it_needs()
    {
        Assert.Equal("scope-needs-product", ConfigurationRule.ProductsProblem([Product.LoginKit], ["video.list"])?.Text);
        Assert.Equal("product-needs.DirectPost", ConfigurationRule.ProductsProblem([Product.LoginKit, Product.DirectPost], ["video.publish"])?.Text);
        Assert.Equal("product-needs.DisplayApi", ConfigurationRule.ProductsProblem([Product.DisplayApi], ["video.list"])?.Text);
        Assert.Equal("scope-problem", ConfigurationRule.ProductsProblem([Product.LoginKit], ["video.everything"])?.Text);
        Assert.Null(ConfigurationRule.ProductsProblem([Product.ShareKit, Product.Webhooks], []));
        foreach (var scope in KnownScopes.All)
            Assert.Null(ConfigurationRule.ProductsProblem(ProductRule.For([scope]), [KnownScopes.Basic, scope]));
    }

    [Fact]
    public void A_person_who_reviews_asks_for_everything_and_the_rule_for_what_works()
    {
        var bare = new AppConfiguration { Name = "Kiln", Products = [Product.LoginKit], Scopes = [KnownScopes.Basic], Redirects = [new RegisteredRedirect { Platform = RedirectPlatform.Desktop, Uri = "http://localhost:*/cb/" }] };
        Assert.DoesNotContain(SubmissionRule.Lacks(bare, ReviewMode.Automatic), lack => lack.Blocks);
        Assert.Equal(["icon", "category", "description", "terms", "privacy", "platforms"], SubmissionRule.Lacks(bare, ReviewMode.Manual).Where(lack => lack.Blocks).Select(lack => lack.Text));

        var mobile = bare with { Details = new AppDetails { Platforms = [RedirectPlatform.Ios, RedirectPlatform.Android, RedirectPlatform.Web] } };
        Assert.Equal(["platform.Ios", "platform.Android", "platform.Web"], SubmissionRule.Lacks(mobile, ReviewMode.Manual).Select(lack => lack.Text).Where(text => text.StartsWith("platform.", StringComparison.Ordinal)));
        Assert.Equal(["login-kit", "scopes", "redirects"], SubmissionRule.Lacks(bare with { Products = [], Scopes = [], Redirects = [] }, ReviewMode.Automatic).Where(lack => lack.Blocks).Select(lack => lack.Text));
    }

    [Fact]
    public void What_changed_is_told_and_only_addresses_and_scopes_weigh()
    {
        var before = new AppConfiguration { Name = "Kiln", Scopes = [KnownScopes.Basic], Redirects = [new RegisteredRedirect { Platform = RedirectPlatform.Web, Uri = "https://kiln.example/cb" }] };
        var after = before with { Name = "Kiln 2", IconKey = "k", Details = new AppDetails { Description = "d" }, Redirects = [new RegisteredRedirect { Platform = RedirectPlatform.Ios, Uri = "https://kiln.example/cb" }] };

        var changes = ConfigurationChanges.Between(before, after);

        Assert.Equal(["+Name Kiln 2", "+Icon", "+Details", "-WebRedirect https://kiln.example/cb", "+IosRedirect https://kiln.example/cb"], changes.Select(change => change.ToString()));
        Assert.Equal(["-WebRedirect https://kiln.example/cb", "+IosRedirect https://kiln.example/cb"], changes.Where(change => change.IsWeighty).Select(change => change.ToString()));
        Assert.Empty(ConfigurationChanges.Between(after, AppConfiguration.Read(after.Write())));
    }
}
