namespace Holdfast.Platform.Profiles;

internal static class ProfilesFeature
{
    public static IServiceCollection AddProfiles(this IServiceCollection services) =>
        services.AddSingleton<SiteLinks>().AddSingleton<VideoStore>().AddSingleton<Applause>().AddSingleton<Watching>().AddSingleton<ChangePosts>();

    public static void MapProfiles(this IEndpointRouteBuilder routes)
    {
        MediaFiles.Map(routes);
        ProfileEndpoint.Map(routes);
        WatchEndpoints.Map(routes);
        OwnerEndpoints.Map(routes);
    }
}
