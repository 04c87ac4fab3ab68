using Holdfast.Domain.Connections;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts.Tokens;

/// <summary>Gives callers a token that works, renewing it through the same claim the worker uses.</summary>
internal sealed class AccessTokens(Database database, ConnectionStore connections, TokenPair tokens, RenewConnection renewals, IncidentStore incidents, TimeProvider clock)
{
    /// <summary>A token with less life than this is renewed first.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    /// <summary>Whoever waits is woken by the renewal's own signal; this is for signals that are lost on their way between two nodes.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan WaitAtMost = TimeSpan.FromSeconds(90);

    /// <summary>A token for the connection; renews it when it is about to end.</summary>
    /// <param name="workspaceId">The caller's workspace; <c>null</c> only for workers, which have none.</param>
    /// <exception cref="SealedSecretException">The installation's keys do not open the stored token.</exception>
    public Task<AccessTokenAnswer> ForAsync(string? workspaceId, string connectionId, CancellationToken aborted = default) =>
        ForAsync(workspaceId, connectionId, evenWhenEnded: false, rejected: null, aborted);

    /// <summary>As <see cref="ForAsync(string?, string, CancellationToken)"/>, and also for a connection whose tokens were not accepted: one call that works brings it back.</summary>
    internal Task<AccessTokenAnswer> ForAsync(string connectionId, bool evenWhenEnded, CancellationToken aborted) =>
        ForAsync(null, connectionId, evenWhenEnded, rejected: null, aborted);

    private async Task<AccessTokenAnswer> ForAsync(string? workspaceId, string connectionId, bool evenWhenEnded, AccessToken? rejected, CancellationToken aborted)
    {
        var asked = clock.GetUtcNow();
        while (true)
        {
            // Listening before looking: a renewal that ends in between is heard.
            var renewed = new TaskCompletionSource();
            using var ear = database.Signals.Listen(topic => topic == ConnectionStore.RenewTopic, _ => renewed.TrySetResult());
            var (row, isFree, token, breaker) = await ReadAsync(workspaceId, connectionId, aborted);
            var now = clock.GetUtcNow();
            if (row is null)
                return new AccessTokenAnswer.NeedsSignIn(new ConnectionState.Disconnected(""));
            var state = ConnectionState.Read(row.State, row.StateReason);
            var isOpen = state.IsUsable || (evenWhenEnded && state is ConnectionState.NeedsSignIn(NeedsSignInReason.TokensNotAccepted));
            if (!isOpen || token is null)
                return new AccessTokenAnswer.NeedsSignIn(state);

            var usable = new AccessTokenAnswer.Usable(token, row.OpenId, ScopeSet.Parse(row.Scopes));
            // A short-lived token never has the whole margin: half of its life is what can be asked of it.
            var margin = row.AccessEndsAt - row.GrantedAt < Margin * 2 ? (row.AccessEndsAt - row.GrantedAt) / 2 : Margin;
            // TikTok has refused this very token: it is no answer, however long it was meant to live.
            var isRefused = token.Equals(rejected) || row.ForcedAt > row.GrantedAt || (row.ForcedAt == row.GrantedAt && row.RenewAt <= now);
            if (row.AccessEndsAt - now > margin && !isRefused)
                return usable;

            // Nobody renews while it waits after a failure: what is left of the token is used up first.
            if (isFree && row.Failures > 0 && row.RenewAt > now)
                return row.AccessEndsAt > now && !isRefused ? usable : new AccessTokenAnswer.NotNow(row.RenewAt.Value);
            // TikTok answers nobody: what is left of the token is used up, and asking is left to the one renewal that may.
            if (isFree && breaker.HeldUntil(now) is { } heldUntil)
                return row.AccessEndsAt > now && !isRefused ? usable : new AccessTokenAnswer.NotNow(heldUntil);
            // Who waits for another's renewal takes nothing from the pace.
            if (isFree && await renewals.ClaimAsync(connectionId, row.GrantedAt, aborted) is { } claim)
                await renewals.RunAsync(claim);
            else if (now - asked > WaitAtMost || (isFree && breaker.IsOpen))
                return row.AccessEndsAt > now && !isRefused ? usable : new AccessTokenAnswer.NotNow(now + TimeSpan.FromMinutes(1));
            else
                await Task.WhenAny(renewed.Task, Task.Delay(LookEvery, clock, aborted)); // somebody else is asking: the token they get is ours too
            aborted.ThrowIfCancellationRequested();
        }
    }

    /// <summary>TikTok answered <c>access_token_invalid</c> to a token that should have lived: asks for one renewal, then says how things stand.</summary>
    /// <param name="used">The token of the refused call. When another one has replaced it meanwhile, that one is the answer.</param>
    public async Task<AccessTokenAnswer> RejectedAsync(string connectionId, AccessToken used, string? logId, CancellationToken aborted = default)
    {
        var isEverybodys = await database.WriteAsync(async session =>
        {
            if (await ConnectionStore.HoldAsync(session, connectionId) is not { } row || await tokens.ReadAccessAsync(session, connectionId) is not { } stored || !stored.Equals(used))
                return false;
            var now = clock.GetUtcNow();
            var others = await session.FirstAsync<long>("select count(*) from connection where id <> @connectionId and forced_at > @since", new { connectionId, since = now - Connection.ForcedWindow });
            var change = row.ToDomain().AfterTokenRefused(row.GrantedAt, logId, now, (int)others);
            if (change.Connection != row.ToDomain())
                await connections.SaveAsync(session, row, change, now);
            if (change.Incident is { } incident)
                await incidents.RaiseAsync(session, incident, connectionId, now);
            return change.Incident is not null;
        }, aborted);
        if (isEverybodys)
            return new AccessTokenAnswer.NotNow(clock.GetUtcNow() + TimeSpan.FromMinutes(1));
        return await ForAsync(null, connectionId, evenWhenEnded: false, rejected: used, aborted);
    }

    private Task<(ConnectionRow? Row, bool IsFree, AccessToken? Token, Breaker Breaker)> ReadAsync(string? workspaceId, string connectionId, CancellationToken aborted) =>
        database.ReadAsync(async session =>
        {
            var row = await session.FirstAsync<ConnectionRow>(
                $"select {ConnectionRow.Columns} from connection where id = @connectionId and workspace_id = coalesce(@workspaceId, workspace_id)", new { connectionId, workspaceId });
            // Nobody asks for a clock where nobody has a claim.
            var isFree = row is null || row.LeaseUntil == DateTimeOffset.UnixEpoch || row.LeaseUntil <= await session.LeaseNowAsync();
            return (row, isFree, row is null ? null : await tokens.ReadAccessAsync(session, connectionId), await BreakerStore.ReadAsync(session, Lane.Tokens));
        }, aborted);
}
