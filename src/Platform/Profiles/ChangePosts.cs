using Holdfast.People.Account;
using Holdfast.Platform.Posting;
using Holdfast.Storage;

namespace Holdfast.Platform.Profiles;

/// <summary>What creators do with their posts. Every statement names the creator; apps hear what it means for them in the same transaction.</summary>
internal sealed class ChangePosts(Database database, Announcements announcements, Verdicts verdicts, TimeProvider clock)
{
    /// <summary>Changes who can see a post; false when it is not this creator's, or not among what their account offers.</summary>
    public Task<bool> ShowToAsync(string creatorId, string id, string privacyLevel, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        if (await session.FirstAsync<Upload>("select creator_id, app_id from video where id = @id and creator_id = @creatorId", new { id, creatorId }) is not { } post
            || !PrivacyLevel.Options(await session.FirstAsync<bool>("select is_private from creator where person_id = @creatorId", new { creatorId })).Contains(privacyLevel))
        {
            return false;
        }

        // Moderation comes once: a post that was public before is so again at once.
        var publicAt = privacyLevel == PrivacyLevel.Everyone ? now + await verdicts.ModerationForAsync(session, post) : (DateTimeOffset?)null;
        await session.RunAsync("""
            update video set privacy_level = @privacyLevel, public_at = coalesce(public_at, cast(@publicAt as bigint)), announce_at = coalesce(public_at, cast(@publicAt as bigint))
            where id = @id and creator_id = @creatorId
            """, new { id, creatorId, privacyLevel, publicAt });
        await announcements.TellAsync(session, creatorId, now);
        return true;
    }, aborted);

    /// <summary>Deletes a post with its files, and the likes it was given; false when it is not this creator's.</summary>
    public Task<bool> DeleteAsync(string creatorId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.FirstAsync<Video>("select * from video where id = @id and creator_id = @creatorId", new { id, creatorId }) is not { } post)
            return false;
        await announcements.GoneAsync(session, id);
        var photos = await session.ListAsync<string>("select blob_key from video_photo where video_id = @id", new { id });
        await BlobRemoval.AddAsync(session, [post.BlobKey, post.CoverKey ?? "", .. photos], clock.GetUtcNow());
        await session.RunAsync("update creator set likes_count = likes_count - (select count(*) from video_like where video_id = @id) where person_id = @creatorId", new { id, creatorId });
        await session.RunAsync("delete from video where id = @id and creator_id = @creatorId", new { id, creatorId });
        return true;
    }, aborted);
}
