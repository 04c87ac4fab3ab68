using Holdfast.Domain.Connections;
using Holdfast.Domain.Trouble;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;
using Holdfast.TikTok.Display;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>Connections and what can be found out about their ends.</summary>
internal sealed class AccountsInTrouble(Database database, TokenPair tokens, StudioTikTok tiktok, TimeProvider clock)
{
    private const int Most = 200;

    /// <summary>Calls to TikTok for one look.</summary>
    private const int MostProbes = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(14);

    // Two texts, because one for both would let no index help: a member's page reads what is theirs and nothing else.
    internal static string AccountsOf(string? workspaceId) =>
        $"select {ConnectionRow.Columns} from connection {(workspaceId is null ? "" : "where workspace_id = @workspaceId")} order by state_since desc, id limit @most";

    // Access was there, and the next thing that was tried came when it had long run out: meanwhile nobody was at work. A try that took several, or
    // one that a person made by signing in again, says nothing about this machine.
    internal static string GapsOf(string? workspaceId) => $"""
        select connection_id, from_at, to_at from (
          select e.connection_id, e.at as to_at, e.kind, e.attempts, c.access_ends_at - c.granted_at as life, lag(e.at) over story as from_at, lag(e.kind) over story as from_kind
          from connection c join connection_event e on e.connection_id = c.id
          where {(workspaceId is null ? "" : "c.workspace_id = @workspaceId and")} e.at > @since
            and e.kind in ('Connected', 'Reconnected', 'Recovered', 'Renewed', 'RenewalDelayed', 'SignInNeeded', 'Restricted', 'Disconnected')
          window story as (partition by e.connection_id order by e.at, e.id)
        ) told
        where from_kind in ('Connected', 'Reconnected', 'Recovered', 'Renewed') and (kind = 'RenewalDelayed' or (kind = 'Renewed' and attempts <= 1)) and to_at - from_at > life
        order by to_at desc limit @most
        """;

    /// <param name="workspaceId"><c>null</c> for whoever runs the installation.</param>
    public async Task<IReadOnlyList<AccountFacts>> ListAsync(string? workspaceId, CancellationToken aborted)
    {
        var (rows, gaps) = await database.ReadAsync(async session => (
            await session.ListAsync<ConnectionRow>(AccountsOf(workspaceId), new { workspaceId, most = Most }),
            await session.ListAsync<Gap>(GapsOf(workspaceId), new { workspaceId, since = clock.GetUtcNow() - LooksBack, most = Most })), aborted);
        var latest = gaps.DistinctBy(gap => gap.ConnectionId).ToDictionary(gap => gap.ConnectionId, StringComparer.Ordinal);
        var doubtful = rows.Where(IsDoubtful).Take(MostProbes).Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return await Task.WhenAll(rows.Select(async row => Of(row, latest.GetValueOrDefault(row.Id), doubtful.Contains(row.Id) ? await ProbeAsync(row, aborted) : TokenProbe.Unknown)));
    }

    /// <summary>Refused with TikTok's one word for everything, while its access token should still live.</summary>
    private bool IsDoubtful(ConnectionRow row) => row.StateReason == nameof(NeedsSignInReason.RefreshRefused) && row.AccessEndsAt > clock.GetUtcNow();

    /// <summary>Reads the account's name with the token that is left. Nothing follows from the answer but words.</summary>
    private async Task<TokenProbe> ProbeAsync(ConnectionRow row, CancellationToken aborted)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, aborted);
        try
        {
            if (await tiktok.FindAsync(aborted) is not { } app || await database.ReadAsync(session => tokens.ReadAccessAsync(session, row.Id), aborted) is not { } token)
                return TokenProbe.Unknown;
            return await app.Client.Display.UserInfoAsync(token, ["open_id"], either.Token) switch
            {
                ApiOutcome<UserInfo>.Ok => TokenProbe.Works,
                ApiOutcome<UserInfo>.Refused({ Code: "access_token_invalid" }) => TokenProbe.Refused,
                _ => TokenProbe.Unknown,
            };
        }
        catch (Exception silence) when (silence is SealedSecretException || (silence is OperationCanceledException && !aborted.IsCancellationRequested))
        {
            return TokenProbe.Unknown;
        }
    }

    private static AccountFacts Of(ConnectionRow row, Gap? gap, TokenProbe probe) => new()
    {
        Id = row.Id,
        Name = row.Name,
        State = ConnectionState.Read(row.State, row.StateReason),
        Since = row.StateSince,
        LogId = row.StateLogId,
        AccessEndsAt = row.AccessEndsAt,
        RefreshEndsAt = row.RefreshEndsAt,
        RenewAt = row.RenewAt,
        Failures = (int)row.Failures,
        Probe = probe,
        Gap = gap is null ? null : (gap.FromAt, gap.ToAt),
    };

    private sealed record Gap
    {
        public string ConnectionId { get; init; } = "";
        public DateTimeOffset FromAt { get; init; }
        public DateTimeOffset ToAt { get; init; }
    }
}
