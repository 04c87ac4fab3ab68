using Holdfast.Storage;
using Holdfast.Studio.Accounts.SignInAgain;
using Holdfast.TikTok.Display;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>Somebody else's account signed in where one was to be revived: say whose, give the fresh access back, change nothing.</summary>
internal sealed class OtherAccount(Database database)
{
    /// <param name="expected">The connection that was to be revived; <c>null</c> when a link decided.</param>
    public async Task<ConnectAttempt> TurnAwayAsync(ConnectAttempt attempt, ConnectionRow? expected, TikTokApp app, TokenGrant grant)
    {
        var user = await UserAsync(app, grant);
        // Revoking ends the account's whole consent to this app: never where somebody here uses that account.
        var isUsed = await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from connection where open_id = @OpenId and access_token is not null", new { grant.OpenId })) > 0;
        if (!isUsed)
            await app.Client.Tokens.RevokeAsync(app.Credentials, grant.AccessToken, CancellationToken.None);
        var away = attempt with { Status = AttemptStatus.OtherAccount, Error = "other-account", ExpectedName = expected?.Name, GotName = user?.DisplayName is { Length: > 0 } name ? name : user?.Username };
        // After a move the same account may have been connected beside its old entry. Whoever comes by a link learns nothing about other accounts.
        var isMoved = attempt.LinkId is null && MovedAccount.AwaitsMove(expected) && MovedAccount.IsNamedAs(expected, user);
        return isMoved && await BesideAsync(attempt.WorkspaceId, grant.OpenId) is { } beside ? away with { Error = ConnectAttempt.ConnectedBeside, ResultId = beside } : away;
    }

    private Task<string?> BesideAsync(string workspaceId, string openId) => database.ReadAsync(session => session.FirstAsync<string>(
        "select id from connection where workspace_id = @workspaceId and open_id = @openId and access_token is not null", new { workspaceId, openId }));

    private static async Task<UserInfo?> UserAsync(TikTokApp app, TokenGrant grant)
    {
        var fields = UserFields.For(grant.Scopes);
        return fields.Count > 0 && await app.Client.Display.UserInfoAsync(grant.AccessToken, fields, CancellationToken.None) is TikTok.ApiOutcome<UserInfo>.Ok(var user, _) ? user : null;
    }
}
