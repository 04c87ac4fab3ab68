using Holdfast.Storage;

namespace Holdfast.Platform.Posting;

/// <summary>Makes posts of what came in: each in one transaction, with what its app hears of it.</summary>
internal sealed class PublishPosts(Database database, PostIds ids, PostEvents events, Verdicts verdicts, Announcements announcements, TimeProvider clock)
{
    private const string Keep = """
        update upload set state = @state, next_step_at = null, lease_until = null, video_id = @videoId, delivered_at = @deliveredAt,
          blob_key = @BlobKey, content_type = @ContentType, cover_key = @CoverKey, duration_ms = @durationMs, width = @Width, height = @Height
        where id = @id and fence = @fence and state = 'processing'
          and exists (select 1 from consent where consent.id = upload.consent_id and consent.ended_at is null)
        """;

    private const string Insert = """
        insert into video (id, creator_id, app_id, blob_key, content_type, cover_key, kind, title, caption, privacy_level, comment_disabled, brand_content, brand_organic, is_aigc,
          size_bytes, duration_ms, width, height, created_at, public_at, announce_at)
        select upload.video_id, upload.creator_id, upload.app_id, upload.blob_key, upload.content_type, upload.cover_key, upload.kind, upload.title, upload.caption, upload.privacy_level,
          upload.comment_disabled, upload.brand_content, upload.brand_organic, upload.is_aigc, upload.received_bytes, upload.duration_ms, upload.width, upload.height,
          case when newest.at >= @now then newest.at + 1 else cast(@now as bigint) end, cast(@publicAt as bigint), cast(@publicAt as bigint)
        from upload, (select coalesce(max(created_at), 0) as at from video where creator_id = @CreatorId) newest
        where upload.id = @Id
        """;

    private const string InsertPhotos = """
        insert into video_photo (video_id, number, blob_key, content_type, width, height)
        select @videoId, number, blob_key, content_type, width, height from upload_photo where upload_id = @Id
        """;

    /// <summary>Publishes a checked direct post; the post's id, or <c>null</c> when another worker has the upload now, or access ended meanwhile.</summary>
    public Task<string?> RunAsync(Upload claimed, CheckedMedia media)
    {
        var id = ids.Next();
        return database.WriteAsync(async session =>
        {
            if (!await KeepAsync(session, claimed, media, UploadState.Published, id, null))
                return null;
            await InsertAsync(session, claimed with { VideoId = id }, clock.GetUtcNow());
            return id;
        });
    }

    /// <summary>Puts a checked draft into its creator's inbox; false when another worker has it now, or access ended meanwhile.</summary>
    public Task<bool> DeliverAsync(Upload claimed, CheckedMedia media) => database.WriteAsync(async session =>
    {
        if (!await KeepAsync(session, claimed, media, UploadState.InInbox, null, clock.GetUtcNow()))
            return false;
        await events.DeliveredAsync(session, claimed);
        return true;
    });

    /// <summary>Posts a draft as its creator wants it; its id, or <c>null</c> when it is no longer in the inbox.</summary>
    public Task<string?> FinishAsync(Upload draft, DraftChoice choice, CancellationToken aborted)
    {
        var id = ids.Next();
        return database.WriteAsync(async session =>
        {
            var finished = await session.RunAsync("""
                update upload set state = 'published', video_id = @id, title = @Title, caption = @Caption, privacy_level = @PrivacyLevel,
                  comment_disabled = @noComments, duet_disabled = @noDuets, stitch_disabled = @noStitches
                where id = @draftId and creator_id = @CreatorId and state = 'inbox'
                """, new
            {
                id,
                draftId = draft.Id,
                draft.CreatorId,
                choice.Title,
                choice.Caption,
                choice.PrivacyLevel,
                noComments = !choice.AllowsComments,
                noDuets = !choice.AllowsDuets,
                noStitches = !choice.AllowsStitches,
            });
            if (finished != 1)
                return null;
            await InsertAsync(session, draft with { VideoId = id, PrivacyLevel = choice.PrivacyLevel }, clock.GetUtcNow());
            return id;
        }, aborted);
    }

    private static async Task<bool> KeepAsync(Session session, Upload claimed, CheckedMedia media, string state, string? videoId, DateTimeOffset? deliveredAt)
    {
        var kept = await session.RunAsync(Keep, new
        {
            id = claimed.Id,
            fence = claimed.Fence,
            state,
            videoId,
            deliveredAt,
            media.BlobKey,
            media.ContentType,
            media.CoverKey,
            durationMs = (long)(media.Duration?.TotalMilliseconds ?? 0),
            media.Width,
            media.Height,
        }) == 1;
        foreach (var (number, photo) in kept ? media.Photos.Index() : [])
        {
            await session.RunAsync("update upload_photo set content_type = @ContentType, width = @Width, height = @Height where upload_id = @id and number = @number",
                new { photo.ContentType, photo.Width, photo.Height, id = claimed.Id, number });
        }
        return kept;
    }

    private async Task InsertAsync(Session session, Upload upload, DateTimeOffset now)
    {
        var publicAt = upload.PrivacyLevel == PrivacyLevel.Everyone ? now + await verdicts.ModerationForAsync(session, upload) : (DateTimeOffset?)null;
        await session.RunAsync(Insert, new { upload.Id, upload.CreatorId, now, publicAt });
        await session.RunAsync(InsertPhotos, new { upload.Id, videoId = upload.VideoId });
        await events.CompleteAsync(session, upload);
        await announcements.TellAsync(session, upload.CreatorId, now);
    }
}

/// <summary>How a creator wants a draft posted.</summary>
internal sealed record DraftChoice(string Title, string Caption, string PrivacyLevel, bool AllowsComments, bool AllowsDuets, bool AllowsStitches);
