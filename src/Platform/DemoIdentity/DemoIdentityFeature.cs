using Holdfast.People.External;

namespace Holdfast.Platform.DemoIdentity;

/// <summary>"Pottery Club ID": a small OpenID Connect provider of our own, so that social login works on the first start. Only with demo content, only on loopback.</summary>
internal static class DemoIdentityFeature
{
    public static IServiceCollection AddDemoIdentity(this IServiceCollection services, bool isDemo) => !isDemo ? services : services
        .AddSingleton<PotteryClub>().AddSingleton<ClubCodes>().AddSingleton<ClubTokens>()
        .AddSingleton<BringsProvider>(given => given.GetRequiredService<PotteryClub>().AsProvider);

    public static void MapDemoIdentity(this IEndpointRouteBuilder routes, bool isDemo)
    {
        if (!isDemo)
            return;
        var club = routes.MapGroup(PotteryClub.Path);
        PickMember.Map(club);
        ClubProtocol.Map(club);
    }
}
