namespace Holdfast.Platform.Developers;

internal static class DevelopersFeature
{
    public static IServiceCollection AddDevelopers(this IServiceCollection services) =>
        services.AddSingleton<AppRegistry>();
}
