using Holdfast.Platform.Api;
using Holdfast.Platform.Posting.Inbox;
using Holdfast.Platform.Posting.Init;
using Holdfast.Platform.Posting.Pull;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Posting;

internal static class PostingFeature
{
    public static IServiceCollection AddPosting(this IServiceCollection services)
    {
        services.AddOptions<PostingOptions>().BindConfiguration("Platform:Posting").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimitOptions>().BindConfiguration("Platform:RateLimits");
        services.AddOptions<ApiOptions>().BindConfiguration("Platform:Api");
        return services.AddSingleton<RateLimits>().AddSingleton<PostIds>().AddSingleton<PostEvents>().AddSingleton<Verdicts>()
            .AddSingleton<BeginPost>().AddSingleton<UploadStore>().AddSingleton<UploadWriters>().AddSingleton<PutChunk>().AddSingleton<OwnPosts>()
            .AddSingleton<PullStore>().AddDueWork<PullMedia>().AddSingleton<Covers>().AddSingleton<PublishPosts>().AddDueWork<ProcessUploads>().AddDueWork<Announcements>()
            .AddSingleton<Drafts>();
    }

    public static void MapPosting(this IEndpointRouteBuilder routes)
    {
        CreatorInfo.Map(routes);
        InitEndpoints.Map(routes);
        PutChunk.Map(routes);
        StatusFetch.Map(routes);
        CancelPost.Map(routes);
        InboxEndpoints.Map(routes);
    }
}
