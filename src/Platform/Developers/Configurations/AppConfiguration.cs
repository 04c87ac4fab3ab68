using System.Text.Json;
using System.Text.Json.Serialization;
using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>Everything a developer decides about an app. A draft holds a whole one; approval makes it count.</summary>
public sealed record AppConfiguration
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public string Name { get; init; } = "";
    public string? IconKey { get; init; }
    public AppDetails Details { get; init; } = new();
    public IReadOnlyList<Product> Products { get; init; } = [];
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public IReadOnlyList<RegisteredRedirect> Redirects { get; init; } = [];

    public IEnumerable<string> RedirectsOf(RedirectPlatform platform) => Redirects.Where(redirect => redirect.Platform == platform).Select(redirect => redirect.Uri);

    internal string Write() => JsonSerializer.Serialize(this, Json);

    internal static AppConfiguration Read(string document) => JsonSerializer.Deserialize<AppConfiguration>(document, Json)!; // we wrote it

    /// <summary>The part that stands in no column: what <c>app_details</c> holds.</summary>
    internal string WriteDetails() => JsonSerializer.Serialize(new Kept(Details, Products), Json);

    internal AppConfiguration WithDetails(string? document)
    {
        if (document is null)
            return this with { Products = ProductRule.For(Scopes) }; // from before there were products
        var kept = JsonSerializer.Deserialize<Kept>(document, Json)!; // we wrote it
        return this with { Details = kept.Details, Products = kept.Products };
    }

    private sealed record Kept(AppDetails Details, IReadOnlyList<Product> Products);
}
