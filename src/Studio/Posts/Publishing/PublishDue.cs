using Holdfast.Storage.Work;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>Everything about due posts that is quick: asking, announcing, following up. Videos travel in <see cref="UploadDue"/>'s lane, so a slow one keeps nobody waiting.</summary>
internal sealed class PublishDue(PublishStore posts, PublishPost publish) : IDueWork
{
    public string Topic => PostRows.DueTopic;

    /// <remarks>Two calls of some 0.7 s each for every post: a thousand that are due in one minute have been asked about before it is over.</remarks>
    public int Concurrency => 32;

    // Both lanes' claims. What the dead process may have sent is asked about, a minute later at the earliest where it is an init, and never repeated blindly.
    public string Free => "update post set lease_until = 0 where lease_until > 0";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await posts.ClaimAsync(uploads: false, stopping) is not { } claimed)
            return false;
        await publish.RunAsync(claimed, carries: false, stopping);
        return true;
    }
}
