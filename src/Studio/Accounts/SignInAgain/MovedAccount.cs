using System.Diagnostics.CodeAnalysis;
using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.TikTok;
using Holdfast.TikTok.Display;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.SignInAgain;

/// <summary>An account has another open_id for each app, so after a move its name has to say that it is the same one.</summary>
internal sealed class MovedAccount(Database database)
{
    /// <summary>It waits because another app issued its tokens.</summary>
    public static bool AwaitsMove([NotNullWhen(true)] ConnectionRow? expected) => expected is { State: "needs-sign-in", StateReason: nameof(NeedsSignInReason.OtherAppIssued) };

    public static bool IsNamedAs(ConnectionRow expected, UserInfo? user) =>
        user is not null && ReconnectRule.IsSameName(expected.Username, expected.DisplayName, user.Username, user.DisplayName);

    /// <summary>Takes the new open_id over, where the connection waits for exactly this and TikTok calls the account as before.</summary>
    /// <returns><c>false</c>: it is somebody else, or nobody can tell.</returns>
    public async Task<bool> AdoptAsync(ConnectionRow expected, TikTokApp app, TokenGrant grant)
    {
        if (!AwaitsMove(expected))
            return false;
        var fields = UserFields.For(grant.Scopes);
        if (fields.Count == 0 || await app.Client.Display.UserInfoAsync(grant.AccessToken, fields, CancellationToken.None) is not ApiOutcome<UserInfo>.Ok(var user, _) || !IsNamedAs(expected, user))
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
