using Holdfast.Domain.Posts;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Specs.Studio;

/// <summary>Posts in the state a spec needs, in the workspace of <see cref="SignedInStudio"/> unless told otherwise.</summary>
internal static class Planned
{
    public static Task<string> PostAsync(this SignedInStudio studio, DateTimeOffset? dueAt, string caption = "Shelf check", string? workspaceId = null, string? connectionId = null, bool isScheduled = true) =>
        studio.Service<PostStore>().AddAsync(
            workspaceId ?? studio.Workspace.Id,
            Convert.ToHexStringLower(new Holdfast.Storage.SystemSecrets().Bytes(8)),
            new PostInput { Caption = caption, Privacy = PrivacyRule.Everyone, Zone = studio.Workspace.Zone, DueAt = dueAt, IsScheduled = isScheduled, ConnectionId = connectionId },
            studio.MemberId);

    /// <summary>A second workspace of the same member, who stays in the first.</summary>
    public static async Task<string> OtherWorkspaceAsync(this SignedInStudio studio)
    {
        studio.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await studio.Service<WorkspaceStore>().AddAsync("Others", "Europe/Berlin", studio.MemberId)).Id;
    }

    public static async Task<PostView> FindAsync(this SignedInStudio studio, string id) =>
        await studio.Service<PostStore>().FindAsync(studio.Workspace.Id, id) ?? throw new InvalidOperationException($"There is no post {id}.");

    /// <summary>As the worker would have left it; a real one that has just claimed it loses its claim.</summary>
    public static Task BringToAsync(this SignedInStudio studio, string id, PostState state, HoldReason? hold = null, string? failure = null, string? link = null) =>
        studio.Database.WriteAsync(session => session.RunAsync("""
            update post set state = @state, hold = @hold, failure_code = @failure, failure_text = @text, link = @link, next_step_at = null, fence = fence + 1,
              init_sent_at = case when @isSent then due_at else null end, received_at = case when @isOut then due_at else null end
            where id = @id
            """, new
        {
            id,
            state = $"{state}",
            hold = hold?.ToString(),
            failure,
            text = failure is null ? null : $"error.{failure}",
            link,
            isSent = state is PostState.Initialised or PostState.Uploading or PostState.Processing or PostState.Published or PostState.InInbox or PostState.Unconfirmed,
            isOut = state is PostState.Processing or PostState.Published,
        }));

    /// <summary>A connection in a state, without the handshake that the accounts' own specs drive.</summary>
    public static async Task<string> ConnectionAsync(this SignedInStudio studio, string name, string state = "live", string? reason = null, string? by = null, string? workspaceId = null)
    {
        var id = $"c-{name}";
        await studio.Database.WriteAsync(session => session.RunAsync("""
            insert into connection (id, workspace_id, open_id, state, state_reason, state_since, display_name, is_verified, scopes, granted_at, access_ends_at,
              lease_until, fence, failures, check_lease_until, check_failures, connected_by, connected_at, created_at)
            values (@id, @workspace, @id, @state, @reason, @now, @name, false, 'user.info.basic,video.publish', @now, @now, 0, 0, 0, 0, 0, @by, @now, @now)
            """, new { id, workspace = workspaceId ?? studio.Workspace.Id, state, reason, name, by = by ?? studio.MemberId, now = studio.Clock.GetUtcNow() }));
        return id;
    }
}
