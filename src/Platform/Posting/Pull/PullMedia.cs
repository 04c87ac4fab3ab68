using Holdfast.Shell.Outside;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Posting.Pull;

/// <summary>Fetches what apps post by address (§5.9): straight to the blob store, within the hour, for as long as the app still wants it.</summary>
internal sealed class PullMedia(PullStore pulls, UploadStore uploads, OutsideFetch outside, IBlobStore blobs, TimeProvider clock, ILogger<PullMedia> log) : IDueWork
{
    private const long LargestPhoto = 20 * 1024 * 1024;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    public string Topic => PullStore.Topic;

    public int Concurrency => 6;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await pulls.ClaimAsync(stopping) is not { } upload)
            return false;
        await RemoveLeftoversAsync(upload);

        using var given = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var progress = new PullProgress();
        var beating = BeatAsync(upload, progress, given);
        PullEnd end;
        try
        {
            end = await FetchAsync(upload, progress, given.Token);
        }
        catch (OperationCanceledException) when (given.IsCancellationRequested)
        {
            end = new PullEnd.GivenUp();
        }
        finally
        {
            await given.CancelAsync();
            await beating;
        }
        await SettleAsync(upload, end);
        stopping.ThrowIfCancellationRequested();
        return true;
    }

    private async Task SettleAsync(Upload upload, PullEnd end)
    {
        switch (end)
        {
            case PullEnd.Fetched(var key, var bytes) when await pulls.DoneAsync(upload, key, bytes):
                return;
            case PullEnd.Failed(var reason, var why):
                log.NotFetched(upload.Id, why);
                await uploads.FailAsync(upload, reason);
                break;
            case PullEnd.GivenUp when await pulls.IsAccessRemovedAsync(upload):
                await uploads.FailAsync(upload, FailReason.AuthRemoved);
                break;
            case PullEnd.GivenUp:
                await pulls.ReleaseAsync(upload);
                break;
        }
        // A half video is nobody's. Pictures that are kept are the post's, until it ends.
        await blobs.DeleteAsync(KeyOf(upload));
    }

    private async Task<PullEnd> FetchAsync(Upload upload, PullProgress progress, CancellationToken given)
    {
        if (!await pulls.BeatAsync(upload, 0))
            return new PullEnd.GivenUp();
        return upload.Kind == PostKind.Photos ? await PhotosAsync(upload, progress, given) : await VideoAsync(upload, progress, given);
    }

    private async Task<PullEnd> VideoAsync(Upload upload, PullProgress progress, CancellationToken given)
    {
        var (bytes, problem) = await StoreAsync(upload, upload.SourceUrl ?? "", KeyOf(upload), ChunkPlan.LargestVideo, progress, given);
        return problem is null ? new PullEnd.Fetched(KeyOf(upload), bytes) : new PullEnd.Failed(FailReason.VideoPull, problem);
    }

    private async Task<PullEnd> PhotosAsync(Upload upload, PullProgress progress, CancellationToken given)
    {
        long all = 0;
        foreach (var photo in await uploads.PhotosAsync(upload.Id, given))
        {
            var bytes = photo.SizeBytes;
            if (photo.BlobKey is null)
            {
                var key = FormattableString.Invariant($"photos/{upload.Id}-{upload.Fence}-{photo.Number}");
                (bytes, var problem) = await StoreAsync(upload, photo.SourceUrl, key, LargestPhoto, progress, given);
                if (problem is not null || !await pulls.KeepAsync(upload, photo, key, bytes))
                {
                    await blobs.DeleteAsync(key);
                    return problem is null ? new PullEnd.GivenUp()
                        : new PullEnd.Failed(problem == PullProblem.TooLarge ? FailReason.PictureSize : FailReason.PhotoPull, problem);
                }
            }
            progress.Add(photo.BlobKey is null ? 0 : bytes);
            all += bytes;
        }
        return new PullEnd.Fetched("", all);
    }

    private async Task<(long Bytes, string? Problem)> StoreAsync(Upload upload, string address, string key, long limit, PullProgress progress, CancellationToken given)
    {
        var left = upload.UrlExpiresAt - clock.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return (0, PullProblem.TooLate);
        switch (await outside.OpenAsync(new Uri(address), left, given))
        {
            case OutsideOpening.Opened { Body: var body }:
                await using (body)
                {
                    return await StoreAsync(body, key, limit, progress, given);
                }
            case OutsideOpening.Answered(var status):
                return (0, PullProblem.Status(status)); // a redirect is a refusal too
            case OutsideOpening.Refused(var refused):
                return (0, refused.ToString());
            case OutsideOpening.Failed(var failed):
                return (0, failed.ToString());
            default:
                throw new System.Diagnostics.UnreachableException("An address opens or does not.");
        }
    }

    private async Task<(long Bytes, string? Problem)> StoreAsync(OutsideBody body, string key, long limit, PullProgress progress, CancellationToken given)
    {
        if (body.Length > limit)
            return (0, PullProblem.TooLarge);
        try
        {
            await using var bytes = new PullStream(body, progress);
            return (await blobs.WriteAsync(key, bytes, limit, given), null);
        }
        catch (BlobTooLargeException)
        {
            return (0, PullProblem.TooLarge);
        }
        catch (OutsideReadException unread)
        {
            return (0, unread.Failure.ToString());
        }
    }

    // Beside the bytes, so that a silent server does not look like a dead worker. Whoever loses the post stops fetching.
    private async Task BeatAsync(Upload upload, PullProgress progress, CancellationTokenSource given)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Beat, clock, given.Token);
                if (!await pulls.BeatAsync(upload, progress.Bytes))
                {
                    await given.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The fetch is over.
        }
    }

    private Task RemoveLeftoversAsync(Upload upload) => upload.Fence > 1 ? blobs.DeleteAsync(KeyOf(upload with { Fence = upload.Fence - 1 })) : Task.CompletedTask;

    // A name of its own for every try: two workers never write one file.
    private static string KeyOf(Upload upload) => FormattableString.Invariant($"videos/{upload.Id}-{upload.Fence}");
}
