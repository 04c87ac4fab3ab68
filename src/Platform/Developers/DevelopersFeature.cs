using Holdfast.Platform.Developers.GetACode;

namespace Holdfast.Platform.Developers;

internal static class DevelopersFeature
{
    public static IServiceCollection AddDevelopers(this IServiceCollection services) =>
        services.AddSingleton<AppRegistry>().AddSingleton<AppSecrets>().AddSingleton<AppIcons>().AddSingleton<GuideCookie>();

    public static void MapDevelopers(this IEndpointRouteBuilder routes)
    {
        PortalEndpoints.Map(routes);
        IconEndpoint.Map(routes);
        GuideEndpoints.Map(routes);
        QrGuideEndpoints.Map(routes);
    }
}
