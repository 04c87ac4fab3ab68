using Holdfast.Storage;
using Holdfast.TikTok.Display;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>Somebody else's account signed in where one was to be revived: say whose, give the fresh access back, change nothing.</summary>
internal sealed class OtherAccount(Database database)
{
    public async Task<ConnectAttempt> TurnAwayAsync(ConnectAttempt attempt, string? expected, TikTokApp app, TokenGrant grant)
    {
        var name = await NameAsync(app, grant);
        // Revoking ends the account's whole consent to this app: never where somebody here uses that account.
        var isUsed = await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from connection where open_id = @OpenId and access_token is not null", new { grant.OpenId })) > 0;
        if (!isUsed)
            await app.Client.Tokens.RevokeAsync(app.Credentials, grant.AccessToken, CancellationToken.None);
        // Whoever comes by a link learns nothing about the workspace's other accounts.
        var beside = isUsed && attempt.LinkId is null ? await BesideAsync(attempt.WorkspaceId, grant.OpenId) : null;
        return attempt with { Status = AttemptStatus.OtherAccount, Error = beside is null ? "other-account" : ConnectAttempt.ConnectedBeside, ExpectedName = expected, GotName = name, ResultId = beside };
    }

    private Task<string?> BesideAsync(string workspaceId, string openId) => database.ReadAsync(session => session.FirstAsync<string>(
        "select id from connection where workspace_id = @workspaceId and open_id = @openId and access_token is not null", new { workspaceId, openId }));

    private static async Task<string?> NameAsync(TikTokApp app, TokenGrant grant)
    {
        var fields = UserFields.For(grant.Scopes);
        if (fields.Count == 0 || await app.Client.Display.UserInfoAsync(grant.AccessToken, fields, CancellationToken.None) is not TikTok.ApiOutcome<UserInfo>.Ok(var user, _))
            return null;
        return user.DisplayName is { Length: > 0 } name ? name : user.Username;
    }
}
