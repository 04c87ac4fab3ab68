namespace Holdfast.Platform.Authorize;

internal static class AuthorizeFeature
{
    public static IServiceCollection AddAuthorize(this IServiceCollection services) =>
        services.AddSingleton<IssueCode>();
}
