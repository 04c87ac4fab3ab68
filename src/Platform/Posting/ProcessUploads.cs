using Holdfast.Platform.Posting.Inspection;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Posting;

/// <summary>Checks posts whose bytes are here, and publishes them or puts them into their creator's inbox; ends those whose hour is over or whose access was removed (§10.4).</summary>
internal sealed class ProcessUploads(Database database, UploadStore uploads, PublishPosts publish, Covers covers, IBlobStore blobs, ILogger<ProcessUploads> log) : IDueWork
{
    private const string Standing = """
        select consent.ended_at is not null as is_removed, creator.banned_from_posting_at is not null as is_banned, creator.longest_video_seconds
        from upload join consent on consent.id = upload.consent_id join creator on creator.person_id = upload.creator_id
        where upload.id = @Id
        """;

    public string Topic => UploadStore.Topic;

    public string Free => "update upload set lease_until = null where lease_until is not null";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await uploads.ClaimDueAsync(stopping) is not { } upload)
            return false;

        var standing = await database.ReadAsync(session => session.FirstAsync<StandingRow>(Standing, new { upload.Id }), stopping);
        var (media, problem) = (Refusal(upload, standing), upload.Kind) switch
        {
            ({ } reason, _) => (null, reason),
            (_, PostKind.Photos) => await InspectPhotosAsync(upload, stopping),
            _ => await InspectVideoAsync(upload, standing!, stopping), // Refusal has a reason where nothing stands
        };
        if (media is null)
            await FailAsync(upload, problem);
        else if (await uploads.FailByVerdictAsync(upload) is { } verdict)
            log.NotPublished(upload.Id, verdict);
        else
            await FinishAsync(upload, media, stopping);
        return true;
    }

    private async Task FinishAsync(Upload upload, CheckedMedia media, CancellationToken stopping)
    {
        if (upload.Kind == PostKind.Video)
            media = media with { CoverKey = await covers.TakeAsync(upload, media.ContentType, media.Duration, stopping) };
        if (upload.Goal == PostGoal.Inbox)
            await publish.DeliverAsync(upload, media);
        else if (await publish.RunAsync(upload, media) is { } video)
            log.Published(upload.Id, video);
    }

    private static string? Refusal(Upload upload, StandingRow? standing) => standing switch
    {
        null or { IsRemoved: true } => FailReason.AuthRemoved,
        { IsBanned: true } => FailReason.Banned,
        // The hour is over and bytes are missing: nothing was published, a new try is right, and "internal" is the reason that says so.
        _ when upload.State == UploadState.Uploading => FailReason.Internal,
        _ => null,
    };

    private async Task<(CheckedMedia? Media, string Problem)> InspectVideoAsync(Upload upload, StandingRow standing, CancellationToken stopping)
    {
        var facts = await ReadAsync(upload, stopping);
        return VideoRule.Problem(facts, TimeSpan.FromSeconds(standing.LongestVideoSeconds)) is { } problem
            ? (null, problem)
            : (new CheckedMedia(facts!.ContentType, null, upload.BlobKey, facts.Duration, facts.Width ?? 0, facts.Height ?? 0, []), ""); // the rule has a problem with no facts
    }

    private async Task<MovieFacts?> ReadAsync(Upload upload, CancellationToken stopping)
    {
        await using var file = await blobs.OpenReadAsync(upload.BlobKey, stopping);
        return file is null || file.Length != upload.VideoSize ? null : await Movies.ReadAsync(file, stopping);
    }

    private async Task<(CheckedMedia? Media, string Problem)> InspectPhotosAsync(Upload upload, CancellationToken stopping)
    {
        List<PictureFacts> found = [];
        var photos = await uploads.PhotosAsync(upload.Id, stopping);
        foreach (var photo in photos)
        {
            await using var file = photo.BlobKey is null ? null : await blobs.OpenReadAsync(photo.BlobKey, stopping);
            var facts = file is null ? null : await Pictures.ReadAsync(file, stopping);
            if (PhotoRule.Problem(facts) is { } problem)
                return (null, problem);
            found.Add(facts!); // the rule has a problem with no facts
        }
        var at = (int)upload.CoverIndex;
        var cover = photos[at].BlobKey!; // it was opened
        return (new CheckedMedia(found[at].ContentType, cover, cover, null, found[at].Width, found[at].Height, found), "");
    }

    private async Task FailAsync(Upload upload, string reason)
    {
        if (await uploads.FailAsync(upload, reason))
            log.NotPublished(upload.Id, reason);
    }

    private sealed record StandingRow
    {
        public bool IsRemoved { get; init; }
        public bool IsBanned { get; init; }
        public long LongestVideoSeconds { get; init; }
    }
}
