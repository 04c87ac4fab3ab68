using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Posts.Ahead;
using Holdfast.Studio.Posts.Compose;
using Holdfast.Studio.Posts.Publishing;

namespace Holdfast.Studio.Posts;

internal static class PostsRegistration
{
    public static void AddPosts(this IServiceCollection services)
    {
        services.AddSingleton<PostRows>().AddSingleton<PostStore>();
        services.AddSingleton<PublishStore>().AddSingleton<AskTikTok>().AddSingleton<CarryVideo>().AddSingleton<PublishPost>();
        services.AddSingleton<CreatorLook>().AddScoped<ComposeBody>().AddScoped<ComposePages>();
        services.AddSingleton<IConnectionListener, HoldAndResume>();
        services.AddDueWork<PublishDue>();
        services.AddDueWork<UploadDue>();
        services.AddDueWork<LookAheadDue>();
    }
}
