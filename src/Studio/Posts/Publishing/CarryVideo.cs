using Holdfast.Domain.Posts;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Media;
using Holdfast.TikTok;
using Holdfast.TikTok.Posting;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>Sends one chunk of a post's video to the address TikTok gave for it.</summary>
internal sealed class CarryVideo(StudioTikTok tiktok, PublishStore posts, MediaFiles files, TimeProvider clock, ILogger<CarryVideo> log)
{
    public async Task<Learned?> SendChunkAsync(PostRow row, long fromByte, CancellationToken stopping)
    {
        if (posts.OpenUploadUrl(row) is not { } url)
            return new(new PostFact.ChunkRefused(ChunkRefusal.AddressGone));
        if (await tiktok.FindAsync(CancellationToken.None) is not { } app)
            return new(new PostFact.Unanswered("no-app"));
        var plan = ChunkPlan.For(row.MediaBytes);
        // TikTok may have taken part of a chunk; chunks are the smallest thing that can be sent again.
        var index = plan.NextAfter(fromByte) ?? (int)Math.Min(fromByte / plan.ChunkSize, plan.Count - 1);
        try
        {
            await using var video = await files.OpenReadAsync(row, stopping);
            if (video is null || video.Length != row.MediaBytes)
                return Missing(row, "it is not in the store, or not as long as it was");
            video.Position = plan[index].FirstByte;
            await using var leased = new LeasedStream(video, () => posts.RenewAsync(row), clock);
            var outcome = await app.Client.Uploads.UploadChunkAsync(url, plan, index, leased, row.MediaType ?? "video/mp4", stopping);
            return leased.IsLost ? null : new(FactOf(outcome, plan, index));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return new(new PostFact.Unanswered("Stopping"));
        }
        catch (EndOfStreamException)
        {
            return Missing(row, "it ended before its last byte");
        }
        catch (IOException silent)
        {
            log.StoreSilent(silent, row.Id);
            return new(new PostFact.Unanswered("MediaStore"));
        }
    }

    private Learned Missing(PostRow row, string reason)
    {
        log.VideoMissing(row.Id, reason);
        return new(new PostFact.MediaMissing());
    }

    private static PostFact FactOf(UploadOutcome outcome, ChunkPlan plan, int index) => outcome switch
    {
        UploadOutcome.Accepted => new PostFact.ChunkAccepted(plan[index].LastByte + 1, IsComplete: false),
        UploadOutcome.Complete => new PostFact.ChunkAccepted(plan.VideoSize, IsComplete: true),
        UploadOutcome.Expired or UploadOutcome.Gone => new PostFact.ChunkRefused(ChunkRefusal.AddressGone),
        UploadOutcome.OutOfOrder(var next) => new PostFact.ChunkRefused(ChunkRefusal.OutOfStep, TikTokHas: next is { } chunk ? chunk < plan.Count ? plan[chunk].FirstByte : plan.VideoSize : null),
        UploadOutcome.Refused => new PostFact.ChunkRefused(ChunkRefusal.Invalid),
        UploadOutcome.Unknown({ Reason: UnknownReason.RateLimited or UnknownReason.ServerError }) => new PostFact.ChunkRefused(ChunkRefusal.Busy),
        UploadOutcome.Unknown(var unknown) => new PostFact.Unanswered($"{unknown.Reason}", unknown.LogId),
        _ => throw new System.Diagnostics.UnreachableException($"No rule for {outcome}."),
    };
}
