using Holdfast.Platform.Posting.Inspection;
using Holdfast.Platform.Profiles;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Posting;

/// <summary>Checks complete uploads and publishes them; ends those whose hour is over (§10.4).</summary>
internal sealed class ProcessUploads(Database database, UploadStore uploads, VideoStore videos, Covers covers, IBlobStore blobs, ILogger<ProcessUploads> log) : IDueWork
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
        var facts = upload.State == UploadState.Processing ? await InspectAsync(upload, stopping) : null;
        if (Refusal(upload, standing, facts) is { } reason)
            await FailAsync(upload, reason);
        else
            await PublishAsync(upload, facts!, stopping); // Refusal has a reason for every upload without facts
        return true;
    }

    private static string? Refusal(Upload upload, StandingRow? standing, MovieFacts? facts) => standing switch
    {
        null or { IsRemoved: true } => FailReason.AuthRemoved,
        { IsBanned: true } => FailReason.Banned,
        // The hour is over and bytes are missing: nothing was published, a new try is right, and "internal" is the reason that says so.
        _ when upload.State == UploadState.Uploading => FailReason.Internal,
        _ => VideoRule.Problem(facts, TimeSpan.FromSeconds(standing.LongestVideoSeconds)),
    };

    private async Task<MovieFacts?> InspectAsync(Upload upload, CancellationToken stopping)
    {
        await using var file = blobs.OpenRead(upload.BlobKey);
        return file is null || file.Length != upload.VideoSize ? null : await Movies.ReadAsync(file, stopping);
    }

    private async Task FailAsync(Upload upload, string reason)
    {
        if (!await uploads.FailAsync(upload, reason))
            return;
        blobs.Delete(upload.BlobKey);
        log.NotPublished(upload.Id, reason);
    }

    private async Task PublishAsync(Upload upload, MovieFacts facts, CancellationToken stopping)
    {
        var cover = await covers.TakeAsync(upload, facts.ContentType, facts.Duration, stopping);
        if (await videos.PublishAsync(upload, facts, cover) is { } video)
            log.Published(upload.Id, video);
    }

    private sealed record StandingRow
    {
        public bool IsRemoved { get; init; }
        public bool IsBanned { get; init; }
        public long LongestVideoSeconds { get; init; }
    }
}
