using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>What an app can be given; scopes come with it. The words stand in Texts.json under <c>product.…</c>.</summary>
public enum Product
{
    LoginKit,
    DisplayApi,
    ContentPosting,

    /// <summary>The switch of <see cref="ContentPosting"/> that lets the app post without its person.</summary>
    DirectPost,

    /// <summary>This Platform's own addition (docs/decisions/0007).</summary>
    FollowLists,

    /// <summary>Public data, with the app's own token and without any person (§8).</summary>
    ResearchApi,

    ShareKit,
    Webhooks,
}

internal static class ProductRule
{
    /// <summary>Scopes that an app may have once it has the product.</summary>
    public static IReadOnlyList<string> Scopes(this Product product) => product switch
    {
        Product.LoginKit => [KnownScopes.Basic, "user.info.profile", "user.info.stats"],
        Product.DisplayApi => ["video.list"],
        Product.ContentPosting => ["video.upload"],
        Product.DirectPost => ["video.publish"],
        Product.FollowLists => [KnownScopes.FollowList],
        Product.ResearchApi => [KnownScopes.Research],
        Product.ShareKit or Product.Webhooks => [],
    };

    /// <summary>The product without which this one is nothing.</summary>
    public static Product? Needs(this Product product) => product switch
    {
        Product.DirectPost => Product.ContentPosting,
        Product.DisplayApi or Product.ContentPosting or Product.FollowLists => Product.LoginKit,
        Product.LoginKit or Product.ResearchApi or Product.ShareKit or Product.Webhooks => null,
    };

    /// <summary>The product a scope comes with.</summary>
    public static Product ProductOf(string scope) => Enum.GetValues<Product>().First(product => product.Scopes().Contains(scope));

    /// <summary>What these scopes take at least, in the order of the list.</summary>
    public static IReadOnlyList<Product> For(IEnumerable<string> scopes)
    {
        var wanted = scopes.Where(KnownScopes.OfApps.Contains).Select(ProductOf).Append(Product.LoginKit).ToHashSet();
        wanted.UnionWith([.. wanted.Select(Needs).OfType<Product>()]);
        return [.. wanted.Order()];
    }
}
