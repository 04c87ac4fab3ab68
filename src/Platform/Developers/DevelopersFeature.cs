using Holdfast.Platform.Developers.Audit;
using Holdfast.Platform.Developers.Configurations;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Platform.Developers.GetACode;
using Holdfast.Platform.Developers.Organizations;
using Holdfast.Platform.Developers.Review;
using Holdfast.Platform.Developers.Sandboxes;

namespace Holdfast.Platform.Developers;

internal static class DevelopersFeature
{
    public static IServiceCollection AddDevelopers(this IServiceCollection services)
    {
        services.AddOptions<ReviewOptions>().BindConfiguration("Platform").ValidateOnStart();
        return services
            .AddSingleton<AppRegistry>().AddSingleton<AppSecrets>().AddSingleton<AppIcons>().AddSingleton<AppLetters>().AddSingleton<AppRemoval>().AddSingleton<AppAudit>()
            .AddSingleton<Workbenches>().AddSingleton<SaveConfiguration>().AddSingleton<Reviews>()
            .AddSingleton<NewCredentials>().AddSingleton<RotateSecret>().AddSingleton<StepUp>()
            .AddSingleton<SandboxStore>().AddSingleton<TargetUsers>()
            .AddSingleton<OrganizationStore>().AddSingleton<Membership>().AddSingleton<Transfers>()
            .AddSingleton<GuideCookie>();
    }

    public static void MapDevelopers(this IEndpointRouteBuilder routes)
    {
        PortalEndpoints.Map(routes);
        IconEndpoint.Map(routes);
        GuideEndpoints.Map(routes);
        QrGuideEndpoints.Map(routes);
        OrganizationEndpoints.Map(routes);
        TargetEndpoints.Map(routes);
        var app = routes.MapApp();
        ConfigurationEndpoints.Map(app);
        CredentialsEndpoints.Map(app);
        SandboxEndpoints.Map(app);
        ReviewEndpoints.Map(app);
        OwnershipEndpoints.Map(app);
        AuditEndpoints.Map(app);
    }
}
