using Holdfast.Storage;
using Holdfast.Studio.Accounts.Timeline;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok.Display;

namespace Holdfast.Studio.Accounts.Profile;

/// <summary>What is known about accounts beside their tokens.</summary>
internal sealed class ProfileStore(Database database, ConnectionStore connections, TimeProvider clock)
{
    public Task<ConnectionRow?> FindAsync(string connectionId, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<ConnectionRow>($"select {ConnectionRow.Columns} from connection where id = @connectionId", new { connectionId }), aborted);

    /// <summary>Saves what TikTok says about the account; a count it did not tell is forgotten, since the permission may be gone.</summary>
    public Task SaveProfileAsync(string connectionId, UserInfo user, string? avatarKey, string? avatarSource, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await ConnectionStore.HoldAsync(session, connectionId) is not { } row)
            return;
        var now = clock.GetUtcNow();
        var name = user.DisplayName is { Length: > 0 } display ? display : user.Username ?? row.DisplayName;
        var change = row.ToDomain().AfterProfile(name, now, row.State == "connecting" ? await TimelineStore.ConnectedByAsync(session, row.Id) : null);
        if (change.Entry is not null || change.Connection.State != row.ToDomain().State)
            await connections.SaveAsync(session, row, change, now);

        var after = row with
        {
            DisplayName = name,
            Username = user.Username,
            IsVerified = user.IsVerified is true,
            ProfileLink = Uri.TryCreate(user.ProfileDeepLink, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? user.ProfileDeepLink : null,
            AvatarKey = avatarKey,
            AvatarSource = avatarSource,
            FollowerCount = user.FollowerCount,
            FollowingCount = user.FollowingCount,
            LikesCount = user.LikesCount,
            VideoCount = user.VideoCount,
        };
        await session.RunAsync("""
            update connection set display_name = @DisplayName, username = @Username, is_verified = @IsVerified, profile_link = @ProfileLink,
              avatar_key = @AvatarKey, avatar_source = @AvatarSource,
              follower_count = @FollowerCount, following_count = @FollowingCount, likes_count = @LikesCount, video_count = @VideoCount, profile_at = @now
            where id = @Id
            """, new
        {
            after.Id,
            after.DisplayName,
            after.Username,
            after.IsVerified,
            after.ProfileLink,
            after.AvatarKey,
            after.AvatarSource,
            after.FollowerCount,
            after.FollowingCount,
            after.LikesCount,
            after.VideoCount,
            now,
        });
        if (after != row)
            session.Signal(CurrentWorkspace.LiveTopicOf(row.WorkspaceId));
    }, aborted);

    /// <summary>The latest videos, newest first.</summary>
    public Task<IReadOnlyList<VideoRow>> VideosAsync(string workspaceId, string connectionId, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<VideoRow>(
            $"select {VideoRow.Columns} from connection_video where workspace_id = @workspaceId and connection_id = @connectionId order by place", new { workspaceId, connectionId }), aborted);

    /// <summary>The latest videos of every account of the workspace, newest first.</summary>
    public Task<IReadOnlyList<VideoRow>> VideosAsync(string workspaceId, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<VideoRow>($"select {VideoRow.Columns} from connection_video where workspace_id = @workspaceId order by connection_id, place", new { workspaceId }), aborted);

    public Task SaveVideosAsync(ConnectionRow row, IReadOnlyList<VideoRow> videos, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var before = await session.ListAsync<VideoRow>($"select {VideoRow.Columns} from connection_video where connection_id = @Id order by place", new { row.Id });
        if (before.SequenceEqual(videos))
            return;
        await session.RunAsync("delete from connection_video where connection_id = @Id", new { row.Id });
        foreach (var video in videos)
        {
            await session.RunAsync("""
                insert into connection_video (connection_id, video_id, workspace_id, title, posted_at, cover_key, share_url, views, likes, comments, place)
                values (@ConnectionId, @VideoId, @WorkspaceId, @Title, @PostedAt, @CoverKey, @ShareUrl, @Views, @Likes, @Comments, @Place)
                on conflict (connection_id, video_id) do nothing
                """, new
            {
                video.ConnectionId,
                video.VideoId,
                row.WorkspaceId,
                video.Title,
                video.PostedAt,
                video.CoverKey,
                video.ShareUrl,
                video.Views,
                video.Likes,
                video.Comments,
                video.Place,
            });
        }
        session.Signal(CurrentWorkspace.LiveTopicOf(row.WorkspaceId));
    }, aborted);
}
