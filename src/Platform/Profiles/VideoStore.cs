using Holdfast.Platform.Posting;
using Holdfast.Storage;

namespace Holdfast.Platform.Profiles;

/// <summary>Published videos and who made them.</summary>
internal sealed class VideoStore(Database database, TimeProvider clock)
{
    private const string Public = Announcements.IsPublic;

    private const string Creators = $"""
        select person.id, person.user_name, person.display_name, creator.bio, creator.avatar_key, creator.is_verified, creator.is_private,
          creator.follower_count as counted_followers, creator.following_count as counted_following, creator.likes_count,
          creator.follower_count + (select count(*) from follow where follow.followed_id = creator.person_id) as follower_count,
          creator.following_count + (select count(*) from follow where follow.follower_id = creator.person_id) as following_count,
          (select count(*) from video where video.creator_id = creator.person_id and {Public}) as video_count
        from creator join person on person.id = creator.person_id
        """;

    public Task<Video?> FindAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Video>("select * from video where id = @id", new { id }), aborted);

    /// <summary>The pictures of a photo post, in order.</summary>
    public Task<IReadOnlyList<Photo>> PhotosAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<Photo>("select number, blob_key, content_type, width, height from video_photo where video_id = @id order by number", new { id }), aborted);

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
