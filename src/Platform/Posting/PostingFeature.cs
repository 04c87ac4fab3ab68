using Holdfast.Platform.Api;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Posting;

internal static class PostingFeature
{
    public static IServiceCollection AddPosting(this IServiceCollection services)
    {
        services.AddOptions<PostingOptions>().BindConfiguration("Platform:Posting").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimitOptions>().BindConfiguration("Platform:RateLimits");
        return services.AddSingleton<RateLimits>().AddSingleton<PostIds>().AddSingleton<UploadStore>().AddSingleton<UploadWriters>().AddSingleton<PutChunk>().AddSingleton<Covers>()
            .AddDueWork<ProcessUploads>();
    }

    public static void MapPosting(this IEndpointRouteBuilder routes)
    {
        CreatorInfo.Map(routes);
        VideoInit.Map(routes);
        PutChunk.Map(routes);
        StatusFetch.Map(routes);
    }
}
