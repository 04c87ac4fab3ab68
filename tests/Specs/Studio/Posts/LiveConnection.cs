using Holdfast.Storage;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>A connection with real sealed tokens, without the handshake that the accounts' own specs drive.</summary>
internal static class LiveConnection
{
    public static async Task<string> AddAsync(IServiceProvider services, string workspaceId, string openId, DateTimeOffset now, string access = "act.0", string refresh = "rft.1")
    {
        var id = services.GetRequiredService<Ulids>().Next();
        var tokens = services.GetRequiredService<TokenPair>();
        await services.GetRequiredService<Database>().WriteAsync(session => session.RunAsync("""
            insert into connection (id, workspace_id, open_id, state, state_since, display_name, username, is_verified, scopes, access_token, refresh_token, granted_at,
              access_ends_at, refresh_ends_at, renew_at, lease_until, fence, failures, check_lease_until, check_failures, connected_by, connected_at, created_at)
            values (@id, @workspaceId, @openId, 'live', @now, 'Ada', 'ada', @no, 'user.info.basic,video.list,video.publish', @access, @refresh, @now,
              @ends, @far, @far, 0, 0, 0, 0, 0, 'Maren', @now, @now)
            """, new
        {
            id,
            workspaceId,
            openId,
            now,
            no = false,
            access = tokens.CloseAccess(new AccessToken(access), id),
            refresh = tokens.CloseRefresh(new RefreshToken(refresh), id),
            ends = now.AddDays(30),
            far = now.AddDays(300),
        }));
        return id;
    }
}
