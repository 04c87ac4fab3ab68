using Holdfast.Platform.Posting;
using Holdfast.Platform.Posting.Inspection;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Profiles;

/// <summary>Published videos and who made them.</summary>
internal sealed class VideoStore(Database database, PostIds ids, TimeProvider clock, IOptions<PostingOptions> options)
{
    private const string Public = "video.privacy_level = 'PUBLIC_TO_EVERYONE' and video.public_at <= @now and creator.is_private = false";

    private const string Creators = $"""
        select person.id, person.user_name, person.display_name, creator.bio, creator.avatar_key, creator.is_verified, creator.is_private,
          creator.follower_count as counted_followers, creator.following_count as counted_following, creator.likes_count,
          creator.follower_count + (select count(*) from follow where follow.followed_id = creator.person_id) as follower_count,
          creator.following_count + (select count(*) from follow where follow.follower_id = creator.person_id) as following_count,
          (select count(*) from video where video.creator_id = creator.person_id and {Public}) as video_count
        from creator join person on person.id = creator.person_id
        """;

    private const string Insert = """
        insert into video (id, creator_id, app_id, blob_key, content_type, cover_key, caption, privacy_level, comment_disabled, brand_content, brand_organic, is_aigc,
          size_bytes, duration_ms, width, height, created_at, public_at)
        select @id, @CreatorId, @AppId, @BlobKey, @ContentType, @cover, @Caption, @PrivacyLevel, @CommentDisabled, @BrandContent, @BrandOrganic, @IsAigc,
          @VideoSize, @duration, @width, @height,
          case when newest.at >= @now then newest.at + 1 else cast(@now as bigint) end, cast(@publicAt as bigint)
        from (select coalesce(max(created_at), 0) as at from video where creator_id = @CreatorId) newest
        """;

    /// <summary>Turns a checked upload into a video in one transaction; <c>null</c> when another worker has the upload now, or access ended meanwhile.</summary>
    public Task<string?> PublishAsync(Upload claimed, MovieFacts facts, string? cover)
    {
        var id = ids.Next();
        var now = clock.GetUtcNow();
        return database.WriteAsync(async session =>
        {
            var won = await session.RunAsync("""
                update upload set state = 'published', video_id = @id, next_step_at = null, lease_until = null
                where id = @uploadId and fence = @Fence and state = 'processing'
                  and exists (select 1 from consent where consent.id = upload.consent_id and consent.ended_at is null)
                """, new { id, uploadId = claimed.Id, claimed.Fence });
            if (won != 1)
                return null;

            await session.RunAsync(Insert, new
            {
                id,
                claimed.CreatorId,
                claimed.AppId,
                claimed.BlobKey,
                facts.ContentType,
                cover,
                claimed.Caption,
                claimed.PrivacyLevel,
                claimed.CommentDisabled,
                claimed.BrandContent,
                claimed.BrandOrganic,
                claimed.IsAigc,
                claimed.VideoSize,
                duration = (long)(facts.Duration?.TotalMilliseconds ?? 0),
                width = facts.Width ?? 0,
                height = facts.Height ?? 0,
                now,
                publicAt = claimed.PrivacyLevel == PrivacyLevel.Everyone ? now + options.Value.ModerationFor : (DateTimeOffset?)null,
            });
            return id;
        });
    }

    public Task<Video?> FindAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Video>("select * from video where id = @id", new { id }), aborted);

    public Task<Creator?> FindCreatorAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Creator>(Creators + " where person.id = @id", new { id, now = clock.GetUtcNow() }), aborted);

    public Task<Creator?> FindCreatorByNameAsync(string userName, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Creator>(Creators + " where person.user_name = @name", new { name = userName.ToLowerInvariant(), now = clock.GetUtcNow() }), aborted);

    /// <summary>What strangers see, newest first, strictly older than <paramref name="before"/>.</summary>
    public Task<IReadOnlyList<Video>> ListPublicAsync(string creatorId, long before, int limit, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<Video>($"""
            select video.* from video join creator on creator.person_id = video.creator_id
            where video.creator_id = @creatorId and video.created_at < @before and {Public}
            order by video.created_at desc limit @limit
            """, new { creatorId, before, limit, now = clock.GetUtcNow() }), aborted);

    /// <summary>Everything, for the owner's eyes.</summary>
    public Task<IReadOnlyList<Video>> ListAllAsync(string creatorId, long before, int limit, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<Video>(
            "select * from video where creator_id = @creatorId and created_at < @before order by created_at desc limit @limit", new { creatorId, before, limit }), aborted);

    /// <summary>Those of the ids that are public videos of this account.</summary>
    public Task<IReadOnlyList<Video>> QueryPublicAsync(string creatorId, IReadOnlyList<string> wanted, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<Video>($"""
            select video.* from video join creator on creator.person_id = video.creator_id
            where video.creator_id = @creatorId and video.id in ({string.Join(',', wanted.Select((_, at) => $"@id{at}"))}) and {Public}
            order by video.created_at desc
            """, Parameters(creatorId, wanted)), aborted);

    private Dictionary<string, object> Parameters(string creatorId, IReadOnlyList<string> wanted)
    {
        // Dapper widens lists differently on the two engines; named parameters are the same on both.
        var parameters = new Dictionary<string, object> { ["creatorId"] = creatorId, ["now"] = clock.GetUtcNow() };
        foreach (var (at, id) in wanted.Index())
            parameters[$"id{at}"] = id;
        return parameters;
    }
}
