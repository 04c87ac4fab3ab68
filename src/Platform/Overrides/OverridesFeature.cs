using Holdfast.Platform.Api;
using Holdfast.Platform.Developers.Review;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Tokens;
using Holdfast.Storage.Work;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Overrides;

/// <summary>Settings and clock that the console moves while the Platform runs. Registered only with the console.</summary>
internal static class OverridesFeature
{
    public static IServiceCollection AddOverrides(this IServiceCollection services, ShiftedClock clock)
    {
        services.AddSingleton(clock).AddSingleton<KnownOverrides>().AddSingleton<OverrideStore>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<HearConsole>()).AddDueWork<HearConsole>();
        return services.AddLive<TokenOptions>().AddLive<PostingOptions>().AddLive<RateLimitOptions>().AddLive<ReviewOptions>();
    }

    // Closed over one type it wins over the framework's open registration.
    private static IServiceCollection AddLive<T>(this IServiceCollection services) where T : class =>
        services.AddSingleton<LiveOptions<T>>().AddSingleton<IOptions<T>>(provider => provider.GetRequiredService<LiveOptions<T>>());
}
