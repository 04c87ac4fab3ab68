namespace Holdfast.Platform.Audience;

internal static class AudienceFeature
{
    public static IServiceCollection AddAudience(this IServiceCollection services) =>
        services.AddSingleton<Follows>().AddSingleton<DemoFollowers>();

    public static void MapAudience(this IEndpointRouteBuilder routes)
    {
        AudienceApi.Map(routes);
        AudienceEndpoints.Map(routes);
    }
}
