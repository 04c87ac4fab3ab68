using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Posting;

/// <summary>Tells apps when a post of theirs becomes public and when it ceases to be. What an app was told last stands in <c>told_public</c>; the difference to what is true is what it has to hear.</summary>
internal sealed class Announcements(Database database, PostEvents events, TimeProvider clock) : IDueWork
{
    /// <summary>What everybody may see, for queries over <c>video</c> and <c>creator</c>.</summary>
    public const string IsPublic = "video.privacy_level = 'PUBLIC_TO_EVERYONE' and video.public_at is not null and video.public_at <= @now and creator.is_private = false";

    private const string ToBeHeard = $"""
        select upload.*
        from video join creator on creator.person_id = video.creator_id join upload on upload.video_id = video.id
        where video.creator_id = @creatorId and video.told_public = @told and (case when {IsPublic} then true else false end) <> @told
        order by video.created_at
        """;

    /// <summary>Raised when a post waits for its moment.</summary>
    public string Topic => "announcements";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (await database.ReadAsync(session => session.FirstAsync<string>("select creator_id from video where announce_at <= @now limit 1", new { now }), stopping) is not { } creatorId)
            return false;
        await database.WriteAsync(session => TellAsync(session, creatorId, now), stopping);
        return true;
    }

    /// <summary>Call it in the transaction that changes what is public of an account: a post's audience, its end, the account's privacy.</summary>
    public async Task TellAsync(Session session, string creatorId, DateTimeOffset now)
    {
        await session.RunAsync("update video set announce_at = null where creator_id = @creatorId and announce_at <= @now", new { creatorId, now });
        foreach (var told in (bool[])[false, true])
        {
            foreach (var upload in await session.ListAsync<Upload>(ToBeHeard, new { creatorId, now, told }))
                await TellAsync(session, upload, !told);
        }
    }

    /// <summary>Says that a post is gone, before its row goes.</summary>
    public async Task GoneAsync(Session session, string videoId)
    {
        if (await session.FirstAsync<Upload>("select * from upload where video_id = @videoId", new { videoId }) is { } upload)
            await TellAsync(session, upload, isPublic: false);
    }

    // Of two that notice the same difference one changes the row.
    private async Task TellAsync(Session session, Upload upload, bool isPublic)
    {
        if (await session.RunAsync("update video set told_public = @isPublic where id = @VideoId and told_public <> @isPublic", new { upload.VideoId, isPublic }) == 1)
            await events.PublicAsync(session, upload, isPublic);
    }
}
