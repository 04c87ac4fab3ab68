using Holdfast.Platform.Developers.GetACode;

namespace Holdfast.Platform.Developers;

internal static class DevelopersFeature
{
    public static IServiceCollection AddDevelopers(this IServiceCollection services) =>
        services.AddSingleton<AppRegistry>().AddSingleton<GuideCookie>();

    public static void MapDevelopers(this IEndpointRouteBuilder routes)
    {
        PortalEndpoints.Map(routes);
        GuideEndpoints.Map(routes);
        QrGuideEndpoints.Map(routes);
    }
}
