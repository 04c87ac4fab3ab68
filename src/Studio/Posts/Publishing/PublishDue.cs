using Holdfast.Storage.Work;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>Everything about due posts that is quick: asking, announcing, following up. Videos travel in <see cref="UploadDue"/>'s lane, so a slow one keeps nobody waiting.</summary>
internal sealed class PublishDue(PublishStore posts, PublishPost publish) : IDueWork
{
    public string Topic => PostRows.DueTopic;

    public int Concurrency => 4;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await posts.ClaimAsync(uploads: false, stopping) is not { } claimed)
            return false;
        await publish.RunAsync(claimed, carries: false, stopping);
        return true;
    }
}
