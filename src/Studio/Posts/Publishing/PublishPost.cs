using Holdfast.Domain.Posts;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>Takes one claimed post as far as it goes: decide, save, act, report, again.</summary>
/// <remarks>Nothing is done before it is saved that it is being done, so whoever takes over after a crash knows what may have happened.</remarks>
internal sealed class PublishPost(PublishStore posts, AskTikTok tiktok, CarryVideo video, ILogger<PublishPost> log)
{
    /// <param name="carries">Whether this worker carries videos; else a post is left for one that does.</param>
    public async Task RunAsync(PostRow claimed, bool carries, CancellationToken stopping)
    {
        var row = claimed;
        var change = row.Post.Next(await posts.ContextAsync(row));
        Learned? learned = null;
        while (true)
        {
            var goesOn = GoesOn(change.Step, carries, stopping);
            var after = (learned?.UploadUrl is { } url ? row with { UploadUrl = url } : row).With(change.Post);
            if (await posts.SaveAsync(row, learned?.Link is { } link ? after with { Link = link } : after, EntryOf(change, learned), keep: goesOn) is not { } saved)
            {
                log.ClaimLost(row.Id);
                return;
            }
            if (change.Entry is { } told)
                log.Moved(saved.Id, saved.State, told.Cause, told.Code);
            row = saved;
            if (!goesOn)
                return;

            learned = await TakeAsync(row, change.Step, stopping);
            if (learned is null)
            {
                log.ClaimLost(row.Id);
                return;
            }
            var context = await posts.ContextAsync(row);
            change = learned.Blocked is { } reason && row.State is PostState.Checking && row.InitSentAt is null
                ? row.Post.HoldFor(reason, context)
                : row.Post.After(learned.Fact, context);
        }
    }

    // Stopping waits for nothing that may be asked again; an init that is saved as sent is sent.
    private static bool GoesOn(PostStep step, bool carries, CancellationToken stopping) => step switch
    {
        PostStep.Nothing => false,
        PostStep.Init => true,
        PostStep.UploadChunk => carries && !stopping.IsCancellationRequested,
        _ => !stopping.IsCancellationRequested,
    };

    private Task<Learned?> TakeAsync(PostRow row, PostStep step, CancellationToken stopping) => step switch
    {
        PostStep.QueryCreatorInfo => tiktok.MayPostAsync(row, stopping),
        PostStep.Init => tiktok.InitAsync(row),
        PostStep.UploadChunk(var from) => video.SendChunkAsync(row, from, stopping),
        PostStep.AskStatus(var publishId) => tiktok.StatusAsync(row, publishId),
        PostStep.AskVideoList(var since) => tiktok.FindVideoAsync(row, since),
        _ => throw new System.Diagnostics.UnreachableException($"No way to take {step}."),
    };

    private static PostEntry? EntryOf(PostChange change, Learned? learned) =>
        change.Entry is { LogId: null } entry && learned?.LogId is { } logId ? entry with { LogId = logId } : change.Entry;
}
