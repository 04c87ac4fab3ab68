using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.TikTok;
using Holdfast.TikTok.Display;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.SignInAgain;

/// <summary>An account has another open_id for each app, so after a move its name has to say that it is the same one.</summary>
internal sealed class MovedAccount(Database database)
{
    /// <summary>Takes the new open_id over, where the connection waits for exactly this and TikTok calls the account as before.</summary>
    /// <returns><c>false</c>: it is somebody else, or nobody can tell.</returns>
    public async Task<bool> AdoptAsync(ConnectionRow expected, TikTokApp app, TokenGrant grant)
    {
        if (expected is not { State: "needs-sign-in", StateReason: nameof(NeedsSignInReason.OtherAppIssued) })
            return false;
        var fields = UserFields.For(grant.Scopes);
        if (fields.Count == 0 || await app.Client.Display.UserInfoAsync(grant.AccessToken, fields, CancellationToken.None) is not ApiOutcome<UserInfo>.Ok(var user, _))
            return false;
        if (!ReconnectRule.IsSameName(expected.Username, expected.DisplayName, user.Username, user.DisplayName))
            return false;
        var facts = new { expected.Id, expected.WorkspaceId, grant.OpenId };
        return await database.WriteAsync(async session =>
        {
            // Connected the plain way before the move, and disconnected to make room: its story stays, under a name that no account has.
            await session.RunAsync("update connection set open_id = open_id || ':' || id where workspace_id = @WorkspaceId and open_id = @OpenId and id <> @Id and state = 'disconnected'", facts);
            return await session.RunAsync("""
                update connection set open_id = @OpenId
                where id = @Id and workspace_id = @WorkspaceId and state_reason = 'OtherAppIssued'
                  and not exists (select 1 from connection other where other.workspace_id = @WorkspaceId and other.open_id = @OpenId)
                """, facts);
        }) == 1;
    }
}
