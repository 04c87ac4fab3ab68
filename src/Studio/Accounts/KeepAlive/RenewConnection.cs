using System.Collections.Concurrent;
using System.Data.Common;
using Holdfast.Domain.Connections;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Renews one connection: claim, ask, save the pair before anything else.</summary>
internal sealed class RenewConnection(
    Database database, ConnectionStore connections, TokenPair tokens, StudioTikTok tiktok, BreakerStore breaker, IncidentStore incidents, ClockStore clocks,
    ISecretSource secrets, TimeProvider clock, ILogger<RenewConnection> log)
{
    /// <summary>Longer than the longest call, so that nobody takes over while an answer is under way.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>How long a new pair is held in memory and its saving tried again. Longer than the lease: the fence decides whose answer counts, and a database that takes no pair takes no other claim either.</summary>
    public static readonly TimeSpan HoldsPairFor = TimeSpan.FromMinutes(30);

    private const string AnotherAccount = "another-account";

    /// <summary>A line a minute says enough.</summary>
    private const int TriesPerLine = 30;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Longer than the longest wait between two tries to save a pair: where an earlier answer was not seen, its pair may be in the hands of another node that has just got the database back.</summary>
    private static readonly TimeSpan PairMayCome = LongestWait + TimeSpan.FromSeconds(3);

    /// <summary>Pairs that the database has not taken yet. As long as there is one, this process asks for no other: that could be lost too, and must not outrun the first.</summary>
    private int held;

    /// <summary>What this process is asking for at this moment: its answer is worth waiting for, even when a call outlasts the lease.</summary>
    private readonly ConcurrentDictionary<string, bool> asking = new(StringComparer.Ordinal);

    /// <summary>Claims the connection whose renewal is most overdue; <c>null</c> when none is due, or none may leave yet.</summary>
    public Task<RenewalClaim?> ClaimDueAsync(CancellationToken stopping) => database.WriteAsync(async session =>
    {
        var leaseNow = await session.LeaseNowAsync();
        var facts = new { now = clock.GetUtcNow(), leaseNow, until = leaseNow + Lease, busy = asking.Keys.ToArray() };
        var due = $"select id from connection where renew_at <= @now and lease_until <= @leaseNow and refresh_token is not null and not (id {session.IsIn("busy")}) order by renew_at limit 1";
        return await session.FirstAsync<string>(due, facts) is null ? null : await ClaimAsync(session, isNeeded: false, leaseNow, $"""
            update connection set lease_until = @until, fence = fence + 1 where id = ({due} {session.SkipLocked}) returning id
            """, facts);
    }, stopping);

    /// <summary>Claims this connection, unless somebody else has it or has renewed it since the caller looked, or TikTok answers nobody.</summary>
    /// <param name="grantedAt">When the token the caller knows was granted.</param>
    public async Task<RenewalClaim?> ClaimAsync(string connectionId, DateTimeOffset grantedAt, CancellationToken aborted) => asking.ContainsKey(connectionId) ? null
        : await database.WriteAsync(async session =>
        {
            var leaseNow = await session.LeaseNowAsync();
            return await ClaimAsync(session, isNeeded: true, leaseNow, """
                update connection set lease_until = @until, fence = fence + 1
                where id = @connectionId and granted_at = @grantedAt and lease_until <= @leaseNow and refresh_token is not null and renew_at is not null
                returning id
                """, new { connectionId, grantedAt, leaseNow, until = leaseNow + Lease });
        }, aborted);

    /// <summary>Asks for new tokens and saves what came of it. Not to be cancelled: only the answer holds the new pair.</summary>
    public async Task RunAsync(RenewalClaim claim)
    {
        asking[claim.Before.Id] = true;
        try
        {
            // Whoever stood still since the claim cannot have the answer before somebody else may ask too.
            if (clock.GetElapsedTime(claim.Since) > Lease - StudioTikTok.LongestQuestion)
            {
                await GiveBackAsync(claim);
                return;
            }
            var (outcome, grant, key) = await AskAsync(claim);
            // A refusal that a pair explains which is being saved at this moment ends nothing, and nobody is told of it.
            if (outcome is RenewalOutcome.Refused && claim.Before.UnansweredAt is not null)
                await Task.Delay(PairMayCome, clock);
            await SaveAsync(claim with { ClientKey = key ?? claim.ClientKey }, outcome, grant);
            // A renewal that worked has told of it where its story was written.
            if (grant is null)
                await NoteAsync(claim, outcome);
        }
        finally
        {
            asking.TryRemove(claim.Before.Id, out _);
        }
    }

    private async Task<RenewalClaim?> ClaimAsync(Session session, bool isNeeded, DateTimeOffset leaseNow, string claim, object facts)
    {
        if (Volatile.Read(ref held) > 0)
            return null;
        var since = clock.GetTimestamp();
        var leave = await breaker.EnterAsync(session, isNeeded, clock.GetUtcNow(), leaseNow);
        if (leave is Leave.Refused)
            return null;
        if (await session.FirstAsync<string>(claim, facts) is not { } id || await ConnectionStore.HoldAsync(session, id) is not { } row || await TokenPair.SealedRefreshAsync(session, id) is not { } refresh)
        {
            if (leave is Leave.Probe)
                await BreakerStore.GiveBackAsync(session);
            return null;
        }
        // On record before the question goes out: should nobody live to see the answer, the next attempt knows.
        var asking = row.ToDomain().Asking(clock.GetUtcNow());
        await session.RunAsync("update connection set asked_at = @AskedAt, unanswered_at = @UnansweredAt where id = @id", new { id, asking.Trail.AskedAt, asking.Trail.UnansweredAt });
        return new RenewalClaim(row with { AskedAt = asking.Trail.AskedAt, UnansweredAt = asking.Trail.UnansweredAt }, refresh, await KeyAsync(session, id), leave is Leave.Probe, since);
    }

    /// <summary>Nothing was asked, so nothing is on record.</summary>
    private Task GiveBackAsync(RenewalClaim claim) => database.WriteAsync(async session =>
    {
        await session.RunAsync("update connection set lease_until = 0, asked_at = null where id = @Id and fence = @Fence", new { claim.Before.Id, claim.Before.Fence });
        if (claim.IsProbe)
            await BreakerStore.GiveBackAsync(session);
        session.Signal(ConnectionStore.RenewTopic);
    });

    private async Task<(RenewalOutcome Outcome, TokenGrant? Grant, string? ClientKey)> AskAsync(RenewalClaim claim)
    {
        var id = claim.Before.Id;
        try
        {
            if (await tiktok.FindAsync() is not { } app)
                return (new RenewalOutcome.AppProblem(Incident.NoApp, null), null, null);
            // TikTok would refuse another app's token as if the person had gone, so it is not even asked.
            if (claim.ClientKey is { } key && key != app.Credentials.ClientKey)
                return (new RenewalOutcome.AppProblem(Incident.AppChanged, null), null, null);
            var answer = await app.Client.Tokens.RefreshAsync(app.Credentials, tokens.OpenRefresh(claim.RefreshToken, id), CancellationToken.None);
            switch (answer)
            {
                case TokenOutcome.Granted(var grant) when grant.OpenId != claim.Before.OpenId:
                    log.AnotherAccountAnswered(id, grant.LogId);
                    return (new RenewalOutcome.Passing(AnotherAccount, grant.LogId), null, null);
                case TokenOutcome.Granted(var grant):
                    return (new RenewalOutcome.Renewed(grant.AccessLifetime, grant.RefreshLifetime, ScopesOf(claim, grant), grant.LogId), grant, app.Credentials.ClientKey);
                case TokenOutcome.Refused(var error):
                    return (new RenewalOutcome.Refused(error.Error, error.LogId), null, null);
                case TokenOutcome.AppProblem(var error):
                    return (new RenewalOutcome.AppProblem(error.Error, error.LogId), null, null);
                default:
                    var unknown = ((TokenOutcome.Unknown)answer).Answer;
                    return (new RenewalOutcome.Passing(unknown.Detail, unknown.LogId, unknown.RetryAfter, MayHaveRotated: unknown.Reason is not (UnknownReason.RateLimited or UnknownReason.Unreachable)), null, null);
            }
        }
        catch (SealedSecretException closed)
        {
            log.CannotOpen(closed, id);
            return (new RenewalOutcome.AppProblem(closed.Cause, null), null, null);
        }
    }

    /// <summary>A renewal may tell that permissions are gone; more than the person has agreed to here it never gives (case 103).</summary>
    private static ScopeSet? ScopesOf(RenewalClaim claim, TokenGrant grant)
    {
        var known = ScopeSet.Parse(claim.Before.Scopes).All;
        return grant.Scopes.Count == 0 ? null : ScopeSet.Of(known.Count == 0 ? grant.Scopes : grant.Scopes.Intersect(known, StringComparer.Ordinal));
    }

    private async Task SaveAsync(RenewalClaim claim, RenewalOutcome outcome, TokenGrant? grant)
    {
        NewTokens pair = grant is null
            ? new NewTokens.Same()
            : new NewTokens.Pair(tokens.CloseAccess(grant.AccessToken, claim.Before.Id), grant.RefreshToken is null ? null : tokens.CloseRefresh(grant.RefreshToken, claim.Before.Id));
        // Before the pair only what takes no transaction: the answer's own clock, and what this process knows.
        var shown = grant?.ServerTime - clock.GetUtcNow();
        var skew = clocks.Known(shown);

        if (grant is null)
        {
            if (await database.WriteAsync(session => DecideAsync(session, claim, outcome, pair, skew)) is null)
                log.CameTooLate(claim.Before.Id);
        }
        else if (await HoldingAsync(claim, session => DecideAsync(session, claim, outcome, pair, skew)) is { } saved)
        {
            await database.WriteAsync(session => TellAsync(session, claim with { Before = saved.Before }, saved.Change));
            await clocks.NoteAsync(shown);
        }
        else
        {
            log.PairDropped(claim.Before.Id, grant.LogId);
        }
    }

    /// <summary>The only copy of the new pair is in our hands: a bad hour of the database must not lose it.</summary>
    private async Task<SavedRenewal?> HoldingAsync(RenewalClaim claim, Func<Session, Task<SavedRenewal?>> save)
    {
        var since = clock.GetUtcNow();
        Interlocked.Increment(ref held);
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await database.WriteAsync(save);
                }
                catch (Exception failure) when (failure is DbException or IOException or TimeoutException)
                {
                    if (clock.GetUtcNow() - since >= HoldsPairFor)
                    {
                        log.PairLost(failure, claim.Before.Id, HoldsPairFor, tries);
                        throw;
                    }
                    if (tries == 1 || tries % TriesPerLine == 0)
                        log.WillSaveAgain(failure, claim.Before.Id, tries);
                }
                var wait = TimeSpan.FromMilliseconds(200 << Math.Min(tries, 4));
                await Task.Delay(wait < LongestWait ? wait : LongestWait, clock);
            }
        }
        finally
        {
            Interlocked.Decrement(ref held);
        }
    }

    /// <summary>A new pair goes in by this one statement, and its story follows; an end comes with everything that hangs on it, or not at all.</summary>
    private async Task<SavedRenewal?> DecideAsync(Session session, RenewalClaim claim, RenewalOutcome outcome, NewTokens pair, TimeSpan skew)
    {
        if (await ConnectionStore.HoldAsync(session, claim.Before.Id) is not { } row)
            return null;
        var isOurs = row.Fence == claim.Before.Fence;
        if (await IsOldNewsAsync(session, claim, outcome, isOurs))
        {
            if (isOurs)
                await session.RunAsync("update connection set lease_until = 0 where id = @Id", new { row.Id });
            return null;
        }
        var now = clock.GetUtcNow();
        var context = new RenewalContext(now, Jitter(), skew, await connections.NextNeedAsync(session, row.Id), await WeatherAsync(session, outcome, row.Id, now),
            outcome is RenewalOutcome.Refused ? await RestoredBackup.RestoredAtAsync(session) : null);
        var change = isOurs ? row.ToDomain().After(outcome, context) : row.ToDomain().AfterLatePair((RenewalOutcome.Renewed)outcome, context);
        if (!isOurs && change.Entry is null)
            return null; // the person or TikTok ended it meanwhile, and this pair with it
        await ConnectionStore.WriteRowAsync(session, row, change, now, pair);
        await session.RunAsync("""
            update connection set lease_until = case when @isOurs then 0 else lease_until end, renewed_at = coalesce(@renewedAt, renewed_at), refused_at = coalesce(@refusedAt, refused_at), client_key = coalesce(client_key, @key) where id = @Id
            """, new { row.Id, isOurs, key = outcome is RenewalOutcome.Renewed ? claim.ClientKey : null, renewedAt = outcome is RenewalOutcome.Renewed ? now : (DateTimeOffset?)null, refusedAt = outcome is RenewalOutcome.Refused ? now : (DateTimeOffset?)null });
        if (outcome is not RenewalOutcome.Renewed)
            await TellAsync(session, claim with { Before = row }, change);
        log.Decided(row.Id, outcome.GetType().Name, change.Connection.State.Word, change.Connection.RenewAt);
        return new SavedRenewal(row, change);
    }

    /// <summary>Whether an answer says nothing any more: somebody newer owns the row, or has saved a pair since this one was asked for.</summary>
    /// <remarks>A new pair is of use as long as the row still holds the token it replaced, whoever owns the row: nobody else can ever have it.</remarks>
    private static async Task<bool> IsOldNewsAsync(Session session, RenewalClaim claim, RenewalOutcome outcome, bool isOurs)
    {
        if (isOurs && outcome is RenewalOutcome.Renewed)
            return false;
        var stands = await TokenPair.SealedRefreshAsync(session, claim.Before.Id);
        return !stands.AsSpan().SequenceEqual(claim.RefreshToken) || (!isOurs && outcome is not RenewalOutcome.Renewed);
    }

    private async Task TellAsync(Session session, RenewalClaim claim, ConnectionChange change)
    {
        var now = clock.GetUtcNow();
        await connections.TellAsync(session, claim.Before, change, now);
        if (change.Incident is { } incident)
        {
            await incidents.RaiseAsync(session, incident, claim.Before.Id, now);
        }
        else if (change.Entry is { Kind: TimelineKind.Renewed or TimelineKind.EndingSoon or TimelineKind.Recovered })
        {
            await breaker.AnsweredAsync(session, Lane.Tokens, now, claim.IsProbe);
            await incidents.HealAsync(session, claim.Before.Id, IncidentEnds.WithAnyRenewal, now);
        }
    }

    /// <summary>What an answer without tokens says about TikTok, whoever it was about.</summary>
    private Task NoteAsync(RenewalClaim claim, RenewalOutcome outcome) => outcome switch
    {
        RenewalOutcome.Passing(var reason, var logId, var retryAfter, _) when reason is not AnotherAccount => breaker.FailedAsync(Lane.Tokens, claim.Before.Id, logId, retryAfter, claim.IsProbe),
        RenewalOutcome.AppProblem(var code, _) when IncidentRule.IsOurOwn(code) => claim.IsProbe ? breaker.NotAskedAsync() : Task.CompletedTask,
        _ => breaker.AnsweredAsync(Lane.Tokens, claim.IsProbe),
    };

    private static async Task<string?> KeyAsync(Session session, string id) => await session.FirstAsync<string>("select client_key from connection where id = @id", new { id });

    /// <summary>How others fared. Only a refusal depends on it, so nothing else pays for the question.</summary>
    private static async Task<RefusalWeather> WeatherAsync(Session session, RenewalOutcome outcome, string id, DateTimeOffset now)
    {
        if (outcome is not RenewalOutcome.Refused)
            return default;
        var since = now - RefusalWeather.Window;
        var refused = await session.FirstAsync<long>("select count(*) from connection where id <> @id and refused_at > @since", new { id, since });
        var suspected = await session.FirstAsync<long>("select count(*) from incident where cause = @cause and ended_at is null and began_at > @lately", new { cause = Incident.RefusedByMany, lately = now.AddDays(-1) });
        var renewed = refused + suspected == 0 ? 0 : await session.FirstAsync<long>("select count(*) from connection where id <> @id and renewed_at > @since", new { id, since });
        return new RefusalWeather((int)refused, (int)renewed, suspected > 0);
    }

    private double Jitter() => BitConverter.ToUInt32(secrets.Bytes(4)) / (double)uint.MaxValue;
}
