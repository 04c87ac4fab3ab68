using Holdfast.Domain.Connections;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.SignInAgain;

/// <summary>The client key is another app's now (a sandbox's key was exchanged for production's): the owner moves the workspace's accounts over, by one sign-in each. Posts keep their times.</summary>
internal sealed class MoveAccounts(Database database, ConnectionStore connections, StudioTikTok tiktok, TimeProvider clock)
{
    /// <summary>Accounts that were connected with another client key, and those that have one sign-in to go.</summary>
    public async Task<Moving> FindAsync(string workspaceId, CancellationToken aborted = default)
    {
        var key = await KeyAsync(aborted);
        var strange = key is null ? [] : await database.ReadAsync(session => session.ListAsync<ConnectionRow>($"""
            select {ConnectionRow.Columns} from connection
            where workspace_id = @workspaceId and client_key <> @key and state in ('connecting', 'live', 'ending-soon') order by lower(display_name), id
            """, new { workspaceId, key }), aborted);
        var waiting = (await connections.ListAsync(workspaceId, aborted))
            .Where(row => row is { State: "needs-sign-in", StateReason: nameof(NeedsSignInReason.OtherAppIssued) or nameof(NeedsSignInReason.BackupRestored) }).ToList();
        return new Moving(strange, waiting, await SignedInAsync(workspaceId, aborted));
    }

    /// <summary>The owner says so: each of them needs one sign-in from now on, and their posts wait for it.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RunAsync(string workspaceId)
    {
        var moved = 0;
        foreach (var row in (await FindAsync(workspaceId)).Strange)
        {
            moved += await database.WriteAsync(async session =>
            {
                // Somebody may have signed in meanwhile, with the new key.
                if (await ConnectionStore.HoldAsync(session, row.Id) is not { } held || held.GrantedAt != row.GrantedAt || held.WorkspaceId != workspaceId)
                    return 0;
                var now = clock.GetUtcNow();
                await connections.SaveAsync(session, held, held.ToDomain().AfterAppChanged(now), now);
                return 1;
            });
        }
        return moved;
    }

    /// <summary>How many of those that had to sign in again have done so since the move began.</summary>
    private async Task<int> SignedInAsync(string workspaceId, CancellationToken aborted) => (int)await database.ReadAsync(session => session.FirstAsync<long>("""
        select count(*) from incident_felt felt join incident on incident.id = felt.incident_id join connection on connection.id = felt.connection_id
        where connection.workspace_id = @workspaceId and incident.cause in ('app-changed', 'backup-restored') and incident.ended_at is null and felt.healed_at is not null
        """, new { workspaceId }), aborted);

    private async Task<string?> KeyAsync(CancellationToken aborted)
    {
        try
        {
            return (await tiktok.FindAsync(aborted))?.Credentials.ClientKey;
        }
        catch (SealedSecretException)
        {
            return null; // an incident of its own
        }
    }
}

/// <param name="Strange">Connected with another client key: nothing was decided yet.</param>
/// <param name="Waiting">One sign-in to go.</param>
/// <param name="Done">Signed in again already.</param>
public sealed record Moving(IReadOnlyList<ConnectionRow> Strange, IReadOnlyList<ConnectionRow> Waiting, int Done);
