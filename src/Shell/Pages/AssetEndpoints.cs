using System.Reflection;
using Holdfast.Shell.Hosting;
using Microsoft.Net.Http.Headers;

namespace Holdfast.Shell.Pages;

internal static class AssetEndpoints
{
    public static void AddAssets(this IServiceCollection services, Assembly[] assemblies) =>
        services.AddSingleton(new AssetTable([typeof(AssetEndpoints).Assembly, .. assemblies]));

    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{**name}", Serve).AllowAnonymous();
        routes.MapGet("/favicon.ico", (AssetTable assets, AppIdentity app, HttpContext context) => Serve($"favicon-{app.Name}.svg", assets, context)).AllowAnonymous();
    }

    private static IResult Serve(string name, AssetTable assets, HttpContext context)
    {
        if (assets.Find(name) is not { } asset)
            return TypedResults.NotFound();

        context.Response.Headers.CacheControl = context.Request.Query["v"] == asset.Version ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue($"\"{asset.Version}\""));
    }
}
