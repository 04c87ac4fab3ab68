using Holdfast.Platform.Tokens;
using Holdfast.Shell.Hosting;

namespace Holdfast.Platform.Api;

/// <summary>Unknown paths and wrong methods below <c>/v2</c>, in the words of what stands around them. The authorization page is for people and keeps its pages.</summary>
internal static class ApiFailures
{
    public static IServiceCollection AddApiFailures(this IServiceCollection services) => services
        .AddSingleton(new FailureAnswer(path => Below(path, "/v2/oauth"), status => OAuthAnswer.Refused(OAuthError.Of(status))))
        .AddSingleton(new FailureAnswer(path => Below(path, "/v2") && !Below(path, "/v2/auth/authorize"), status => ApiAnswer.Refused(ApiError.Of(status))));

    private static bool Below(PathString path, string start) => path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase);
}
