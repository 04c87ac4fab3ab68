using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Links;
using Holdfast.Studio.Accounts.Timeline;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>Puts a fresh token pair on its connection, new or known, together with the attempt's end.</summary>
internal sealed class SaveConnection(Database database, ConnectionStore connections, AttemptStore attempts, TokenPair tokens, LinkUse links, IncidentStore incidents, Ulids ulids, ISecretSource secrets, TimeProvider clock)
{
    /// <summary>The connection an attempt is to revive; <c>null</c> when it takes any account.</summary>
    public Task<ConnectionRow?> ExpectedAsync(ConnectAttempt attempt) => attempt.ConnectionId is { } id
        ? connections.FindAsync(attempt.WorkspaceId, id)
        : Task.FromResult<ConnectionRow?>(null);

    public async Task<bool> IsNewAsync(string workspaceId, string openId) =>
        await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from connection where workspace_id = @workspaceId and open_id = @openId and refresh_token is not null", new { workspaceId, openId })) == 0;

    /// <exception cref="LinkOverException">It came by a link that does not take this account; nothing was saved.</exception>
    public Task<ConnectAttempt> RunAsync(ConnectAttempt attempt, TokenGrant grant) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var scopes = ScopeSet.Of(grant.Scopes);
        var life = TokenLife.From(now, grant.AccessLifetime, grant.RefreshLifetime);
        var context = new RenewalContext(now, BitConverter.ToUInt32(secrets.Bytes(4)) / (double)uint.MaxValue, grant.ServerTime - now ?? TimeSpan.Zero);

        var id = ulids.Next();
        // Two windows at once: the second finds the first one's row and revives it, so there is one connection.
        if (!await InsertAsync(session, id, attempt, grant, Connection.Start(new Account(grant.OpenId, ""), scopes, life, context), now))
            id = await ReviveAsync(session, attempt, grant, scopes, life, context);
        await session.RunAsync("update connection set client_key = @ClientKey where id = @id", new { id, attempt.ClientKey });
        await incidents.SignedInAsync(session, now);
        await links.RunAsync(session, attempt, id, now);
        var done = attempt with { Status = AttemptStatus.Connected, ResultId = id };
        await attempts.FinishAsync(session, done);
        session.Signal(ConnectionStore.CheckTopic);
        return done;
    });

    private async Task<bool> InsertAsync(Session session, string id, ConnectAttempt attempt, TokenGrant grant, Connection start, DateTimeOffset now) => await session.RunAsync("""
        insert into connection (
          id, workspace_id, open_id, state, state_since, display_name, is_verified, scopes, access_token, refresh_token, granted_at, access_ends_at, refresh_ends_at,
          renew_at, lease_until, fence, failures, check_at, check_lease_until, check_failures, connected_by, connected_at, created_at)
        values (
          @id, @WorkspaceId, @OpenId, @Word, @now, '', @isVerified, @scopes, @access, @refresh, @GrantedAt, @AccessEndsAt, @RefreshEndsAt,
          @RenewAt, 0, 1, 0, @now, 0, 0, @PersonId, @now, @now)
        on conflict (workspace_id, open_id) do nothing
        """, new
    {
        id,
        attempt.WorkspaceId,
        attempt.PersonId,
        grant.OpenId,
        start.State.Word,
        isVerified = false,
        scopes = start.Scopes.ToString(),
        access = tokens.CloseAccess(grant.AccessToken, id),
        refresh = grant.RefreshToken is null ? null : tokens.CloseRefresh(grant.RefreshToken, id),
        start.Life.GrantedAt,
        start.Life.AccessEndsAt,
        start.Life.RefreshEndsAt,
        start.RenewAt,
        now,
    }) == 1;

    private async Task<string> ReviveAsync(Session session, ConnectAttempt attempt, TokenGrant grant, ScopeSet scopes, TokenLife life, RenewalContext context)
    {
        var facts = new { attempt.WorkspaceId, grant.OpenId };
        var id = await session.FirstAsync<string>("select id from connection where workspace_id = @WorkspaceId and open_id = @OpenId", facts)
            ?? throw new InvalidOperationException("The connection that stood in the way is gone.");
        var row = await ConnectionStore.HoldAsync(session, id) ?? throw new InvalidOperationException("The connection that stood in the way is gone.");
        var change = row.ToDomain().Reconnect(new Account(grant.OpenId, row.DisplayName), scopes, life, context, attempt.LinkId is null ? await TimelineStore.NameAsync(session, attempt.PersonId) : null);
        await ConnectionStore.WriteRowAsync(session, row, change, context.Now, new NewTokens.Pair(
            tokens.CloseAccess(grant.AccessToken, id), grant.RefreshToken is null ? null : tokens.CloseRefresh(grant.RefreshToken, id)));
        // A higher fence: an answer to a renewal of the former pair comes too late.
        await session.RunAsync("""
            update connection set fence = fence + 1, lease_until = 0, connected_by = @PersonId, check_at = @Now, check_failures = 0, refused_at = null where id = @id
            """, new { id, attempt.PersonId, context.Now });
        await connections.TellAsync(session, row, change, context.Now);
        return id;
    }
}
