using Holdfast.People.Account;
using Holdfast.Platform.Developers.Organizations;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Settings;

/// <summary>What the Platform does when an account goes: consents end with TikTok's reason, likes are taken back, files are named for removal.</summary>
/// <remarks>Ended consents and their events move to the nameless stand-in, so that developers can still be told. Profile, videos and uploads go with the person's row.</remarks>
internal sealed class LeaveCreator(Consents consents, Membership membership) : IAccountListener
{
    private const string Files = """
        select blob_key from video where creator_id = @personId
        union select cover_key from video where creator_id = @personId and cover_key is not null
        union select blob_key from upload where creator_id = @personId
        union select avatar_key from creator where person_id = @personId and avatar_key is not null
        """;

    private const string TakeLikesBack = """
        update creator set likes_count = likes_count - (
          select count(*) from video_like join video on video.id = video_like.video_id
          where video_like.person_id = @personId and video.creator_id = creator.person_id)
        where person_id in (select video.creator_id from video_like join video on video.id = video_like.video_id where video_like.person_id = @personId)
        """;

    public async Task<IReadOnlyList<string>> LeavingAsync(Session session, string personId, string standInId, DateTimeOffset now)
    {
        foreach (var id in await session.ListAsync<string>("select id from consent where person_id = @personId and ended_at is null", new { personId }))
            await consents.EndAsync(session, id, EndReason.AccountDeleted, now);
        // What an organization owns goes on without them.
        await membership.LeavingAsync(session, personId);
        // The apps of a developer who leaves stop working; what people agreed to with them ends too.
        foreach (var id in await session.ListAsync<string>("select consent.id from consent join app on app.id = consent.app_id where app.owner_id = @personId and consent.ended_at is null", new { personId }))
            await consents.EndAsync(session, id, EndReason.Developer, now);
        await session.RunAsync("update app set disabled_at = coalesce(disabled_at, cast(@now as bigint)), owner_id = @standInId where owner_id = @personId", new { now, standInId, personId });
        await session.RunAsync("update consent set person_id = @standInId where person_id = @personId", new { standInId, personId });
        await session.RunAsync("update authorization_event set person_id = @standInId where person_id = @personId", new { standInId, personId });

        await session.RunAsync(TakeLikesBack, new { personId });
        await session.RunAsync("update video set like_count = like_count - 1 where id in (select video_id from video_like where person_id = @personId)", new { personId });
        return await session.ListAsync<string>(Files, new { personId });
    }
}
