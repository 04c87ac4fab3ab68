using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts;

/// <summary>Ends a connection because a member says so: gives the access back to TikTok and forgets the tokens.</summary>
internal sealed class Disconnect(Database database, ConnectionStore connections, AccessTokens tokens, StudioTikTok tiktok, TimeProvider clock)
{
    /// <param name="by">The member's name, for the timeline.</param>
    /// <returns><c>false</c> when there is no such connection in the workspace.</returns>
    public async Task<bool> RunAsync(string workspaceId, string connectionId, string by)
    {
        if (await connections.FindAsync(workspaceId, connectionId) is not { } found)
            return false;
        var (said, logId) = await RevokeAsync(found);
        return await database.WriteAsync(async session =>
        {
            if (await ConnectionStore.HoldAsync(session, connectionId) is not { } row)
                return false;
            var now = clock.GetUtcNow();
            var change = row.ToDomain().Disconnect(by, now);
            change = change with { Entry = change.Entry is { } entry ? entry with { TikTokReason = said, LogId = logId } : null };
            await ConnectionStore.WriteRowAsync(session, row, change, now, new NewTokens.None());
            // A higher fence: an answer to a renewal under way finds nothing to bring back to life.
            await session.RunAsync("update connection set fence = fence + 1, lease_until = 0, check_at = null where id = @connectionId", new { connectionId });
            await connections.TellAsync(session, row, change, now);
            return true;
        });
    }

    /// <summary>Tells TikTok, unless another workspace here lives on the same account's consent. What TikTok said is for the timeline.</summary>
    private async Task<(string? Said, string? LogId)> RevokeAsync(ConnectionRow row)
    {
        var isShared = await database.ReadAsync(session => session.FirstAsync<long>(
            "select count(*) from connection where open_id = @OpenId and id <> @Id and access_token is not null", new { row.OpenId, row.Id })) > 0;
        if (isShared)
            return ("shared", null);
        try
        {
            if (await tiktok.FindAsync() is not { } app || await tokens.ForAsync(row.WorkspaceId, row.Id) is not AccessTokenAnswer.Usable(var token, _, _))
                return ("unconfirmed", null);
            return await app.Client.Tokens.RevokeAsync(app.Credentials, token, CancellationToken.None) switch
            {
                RevokeOutcome.Revoked => ("revoked", null),
                RevokeOutcome.Refused(var error) => (error.Error, error.LogId),
                RevokeOutcome.AppProblem(var error) => (error.Error, error.LogId),
                RevokeOutcome.Unknown(var answer) => ("unconfirmed", answer.LogId),
                var other => throw new System.Diagnostics.UnreachableException($"No answer for {other}."),
            };
        }
        catch (SealedSecretException)
        {
            return ("unconfirmed", null); // the tokens cannot be read, and they go now
        }
    }
}
