using Holdfast.Storage;

namespace Holdfast.Platform.Audience;

/// <summary>Who follows whom.</summary>
internal sealed class Follows(Database database, TimeProvider clock)
{
    private const int MostTries = 5;

    // One statement decides: nobody follows themselves, nobody whose account is private, and nobody twice. Each row gets a
    // millisecond of its own in both lists it stands in.
    private const string Add = """
        insert into follow (follower_id, followed_id, followed_at)
        select @me, creator.person_id, case when newest.at >= @now then newest.at + 1 else cast(@now as bigint) end
        from creator, (select coalesce(max(followed_at), 0) as at from follow where followed_id = @them or follower_id = @me) newest
        where creator.person_id = @them and creator.person_id <> @me and creator.is_private = false
        on conflict do nothing
        """;

    public async Task FollowAsync(string me, string them, CancellationToken aborted)
    {
        // Somebody else may take the same millisecond on another node; then the next one is free.
        for (var tries = 0; tries < MostTries && !await IsFollowingAsync(me, them, aborted); tries++)
            await database.WriteAsync(session => session.RunAsync(Add, new { me, them, now = clock.GetUtcNow() }), aborted);
    }

    public Task UnfollowAsync(string me, string them, CancellationToken aborted) =>
        database.WriteAsync(session => session.RunAsync("delete from follow where follower_id = @me and followed_id = @them", new { me, them }), aborted);

    public async Task<bool> IsFollowingAsync(string me, string them, CancellationToken aborted) =>
        await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from follow where follower_id = @me and followed_id = @them", new { me, them }), aborted) > 0;

    /// <summary>One account's list, newest first, strictly older than <paramref name="before"/> (Unix milliseconds).</summary>
    public Task<IReadOnlyList<ListedPerson>> ListAsync(string personId, AudienceList list, long before, int limit, CancellationToken aborted)
    {
        var (theirs, others) = list is AudienceList.Followers ? ("followed_id", "follower_id") : ("follower_id", "followed_id");
        return database.ReadAsync(session => session.ListAsync<ListedPerson>($"""
            select person.user_name, person.display_name, coalesce(creator.is_verified, false) as is_verified, follow.followed_at
            from follow join person on person.id = follow.{others} left join creator on creator.person_id = person.id
            where follow.{theirs} = @personId and follow.followed_at < @before
            order by follow.followed_at desc limit @limit
            """, new { personId, before, limit }), aborted);
    }
}
