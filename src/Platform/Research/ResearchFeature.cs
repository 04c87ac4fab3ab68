using Holdfast.Platform.Audience;

namespace Holdfast.Platform.Research;

/// <summary>Public lists for apps that may research: their own token, a daily quota, no person's consent (§8).</summary>
internal static class ResearchFeature
{
    public static IServiceCollection AddResearch(this IServiceCollection services)
    {
        services.AddOptions<ResearchOptions>().BindConfiguration("Platform:Research").ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<ResearchAccess>().AddSingleton<ResearchQuota>();
    }

    public static void MapResearch(this IEndpointRouteBuilder routes)
    {
        ResearchLists.Map(routes, "followers", AudienceList.Followers);
        ResearchLists.Map(routes, "following", AudienceList.Following);
    }
}
