namespace Holdfast.Platform.Authorize;

internal static class AuthorizeFeature
{
    public static IServiceCollection AddAuthorize(this IServiceCollection services) =>
        services.AddSingleton<IssueCode>().AddSingleton<AskingApps>().AddSingleton<PendingRequests>().AddSingleton<RecentProblems>();

    public static void MapAuthorize(this IEndpointRouteBuilder routes)
    {
        AuthorizeEndpoint.Map(routes);
        AnswerEndpoint.Map(routes);
    }
}
