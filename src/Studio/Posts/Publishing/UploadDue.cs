using Holdfast.Storage.Work;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>Carries videos to TikTok, a few side by side.</summary>
internal sealed class UploadDue(PublishStore posts, PublishPost publish) : IDueWork
{
    public string Topic => PostRows.UploadTopic;

    public int Concurrency => 4;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await posts.ClaimAsync(uploads: true, stopping) is not { } claimed)
            return false;
        await publish.RunAsync(claimed, carries: true, stopping);
        return true;
    }
}
