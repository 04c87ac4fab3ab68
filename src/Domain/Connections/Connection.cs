using System.Diagnostics;
using Holdfast.Domain.Posts;
using static Holdfast.Domain.Connections.ConnectionState;

namespace Holdfast.Domain.Connections;

/// <summary>A workspace's authorization for one account: how it stands and when it next needs us.</summary>
/// <remarks>
/// Immutable: every change is decided here and saved by the caller. Only a definite refusal or a verified webhook
/// ends a connection; time alone never does, so a refresh token past its end is still tried once.
/// </remarks>
/// <param name="ConnectedAt">The latest sign-in of the person.</param>
/// <param name="RenewAt">Null when there is nothing to renew.</param>
public sealed record Connection(
    Account Account,
    ConnectionState State,
    ScopeSet Scopes,
    TokenLife Life,
    DateTimeOffset ConnectedAt,
    DateTimeOffset? RenewAt,
    RenewalTrail Trail)
{
    public static readonly TimeSpan ForcedWindow = TimeSpan.FromMinutes(10);

    /// <summary>Two clocks, and deliveries that are days late: a removal told from so near the latest sign-in may be about the access before it.</summary>
    private static readonly TimeSpan AroundSignIn = TimeSpan.FromMinutes(15);

    /// <summary>The person signed in and the pair is saved with this.</summary>
    public static Connection Start(Account account, ScopeSet scopes, TokenLife life, RenewalContext at) => new(
        account, new Connecting(), scopes, life, at.Now, RenewalRule.RenewAt(life, at.Jitter, at.ClockSkew, at.NextPostAt), new RenewalTrail());

    public bool IsDue(DateTimeOffset now) => RenewAt <= now;

    /// <summary>Why a post of this account cannot go out now; null when it can.</summary>
    public HoldReason? BlocksPosts => State switch
    {
        NeedsSignIn => HoldReason.NeedsSignIn,
        Restricted => HoldReason.AccountRestricted,
        Disconnected => HoldReason.Disconnected,
        _ => Scopes.Allows(Ability.Publish) ? null : HoldReason.MissingScope,
    };

    /// <summary>Save this before asking for new tokens: should nobody live to see the answer, the next attempt knows.</summary>
    public Connection Asking(DateTimeOffset now) => this with { Trail = Trail.Asking(now) };

    public ConnectionChange After(RenewalOutcome outcome, RenewalContext at) => outcome switch
    {
        RenewalOutcome.Renewed renewed => AfterRenewed(renewed, at),
        _ when !KeepsRenewing => new(this),
        RenewalOutcome.Refused(var code, var logId) when Trail.Told is { } told => Removed(told, code, logId, at.Now),
        // The rows are older than the tokens at TikTok: nobody is to blame, and people are told once for all accounts.
        RenewalOutcome.Refused(var code, var logId) when Life.GrantedAt < at.RestoredAt =>
            SignInNeeded(NeedsSignInReason.BackupRestored, code, logId, at.Now) with { Notice = null, Incident = new(Incident.BackupRestored, logId) },
        RenewalOutcome.Refused refused when at.Weather.LooksLikeTheApp =>
            Later(at, mayHaveRotated: false) with { Incident = new(Incident.RefusedByMany, refused.LogId) },
        RenewalOutcome.Refused(var code, var logId) => SignInNeeded(WhyRefused(at.Now), code, logId, at.Now),
        RenewalOutcome.AppProblem(var code, var logId) =>
            Later(at, mayHaveRotated: false) with { Incident = new(code, logId) },
        RenewalOutcome.Passing passing => Later(at, passing.MayHaveRotated, passing.RetryAfter) with
        {
            // One line per spell of trouble; the attempts are counted on the line that ends it.
            Entry = Trail.Failures > 0 ? null : new(at.Now, TimelineKind.RenewalDelayed, "Passing", passing.Reason, passing.LogId, 1),
        },
        _ => throw new UnreachableException($"No rule for {outcome}."),
    };

    /// <summary>A call was refused with <c>access_token_invalid</c>.</summary>
    /// <param name="tokenFrom"><see cref="TokenLife.GrantedAt"/> of the token that was used; an older one proves nothing.</param>
    /// <param name="others">How many other connections were renewed for the same reason in the last <see cref="ForcedWindow"/>.</param>
    /// <remarks>
    /// Asks for at most two renewals in ten minutes; then it says so and stops pretending. What several meet alike is
    /// TikTok's trouble, and nobody's sign-in would mend it.
    /// </remarks>
    public ConnectionChange AfterTokenRefused(DateTimeOffset tokenFrom, string? logId, DateTimeOffset now, int others = 0)
    {
        const string Code = "access_token_invalid";
        var isAskedFor = IsDue(now) || Trail.Failures > 0;
        if (!State.IsUsable || tokenFrom < Life.GrantedAt || isAskedFor)
            return new(this);
        if (now - Trail.ForcedBeforeAt < ForcedWindow)
        {
            if (others > 0)
                return new(this) { Incident = new(Incident.CallsRefused, logId) };
            // The token endpoint has not refused, so renewing goes on: a call that works brings it back by itself.
            var ended = SignInNeeded(NeedsSignInReason.TokensNotAccepted, Code, logId, now);
            return ended with { Connection = ended.Connection with { RenewAt = RenewAt, Trail = Trail } };
        }

        return new(this with { RenewAt = now, Trail = Trail.Forced(now) }, new(now, TimelineKind.TokenRefused, Code, Code, logId));
    }

    /// <summary>A call that reads the account worked; <paramref name="name"/> is what it is called now.</summary>
    /// <param name="by">Who connected it, for the first line of its story.</param>
    public ConnectionChange AfterProfile(string name, DateTimeOffset now, string? by = null)
    {
        var known = this with { Account = Account with { Name = name } };
        return State switch
        {
            Connecting => new(known with { State = Alive(Life, now) }, new(now, TimelineKind.Connected, name, By: by)),
            NeedsSignIn(NeedsSignInReason.TokensNotAccepted) => new(
                known with { State = Alive(Life, now) }, new(now, TimelineKind.Recovered, name), Posts: PostsEffect.Resume),
            _ when name != Account.Name => new(known, new(now, TimelineKind.Renamed, name)),
            _ => new(this),
        };
    }

    /// <summary>A verified webhook says that TikTok has revoked the tokens.</summary>
    /// <param name="occurredAt">TikTok's time, in whole seconds: a delivery from before the latest sign-in is old news.</param>
    /// <remarks>Told from about the time of the sign-in, it is asked about at the token endpoint first; a refusal there then has this cause.</remarks>
    public ConnectionChange AfterRemoval(RemovalCause cause, DateTimeOffset occurredAt, DateTimeOffset now)
    {
        if (State is Disconnected || occurredAt < ConnectedAt - AroundSignIn)
            return new(this);
        if (State.IsUsable && occurredAt <= ConnectedAt + AroundSignIn)
            return new(this with { RenewAt = now, Trail = Trail with { Told = cause } }, new(now, TimelineKind.RemovalTold, $"{cause}", $"removed:{cause}"));
        return Removed(cause, $"removed:{cause}", null, now);
    }

    /// <summary>The installation's keys are another app's now, and its owner chose to move all accounts over: one incident tells of them together.</summary>
    public ConnectionChange AfterAppChanged(DateTimeOffset now) =>
        SignInNeeded(NeedsSignInReason.OtherAppIssued, null, null, now) with { Notice = null };

    /// <summary>The same person granted access again. Ask <see cref="ReconnectRule"/> first.</summary>
    /// <param name="by">Who had it done, as shown to people.</param>
    public ConnectionChange Reconnect(Account account, ScopeSet scopes, TokenLife life, RenewalContext at, string? by = null) => new(
        Start(account, scopes, life, at) with { State = Alive(life, at.Now) },
        new(at.Now, TimelineKind.Reconnected, account.Name, By: by),
        Posts: PostsEffect.Resume);

    public ConnectionChange Disconnect(string by, DateTimeOffset now) => State is Disconnected
        ? new(this)
        : new(Ended(new Disconnected(by)), new(now, TimelineKind.Disconnected, by, By: by), Posts: PostsEffect.Hold);

    private bool KeepsRenewing => State.IsUsable || State is NeedsSignIn(NeedsSignInReason.TokensNotAccepted);

    private ConnectionChange AfterRenewed(RenewalOutcome.Renewed renewed, RenewalContext at)
    {
        var life = TokenLife.From(Trail.AskedAt ?? at.Now, renewed.AccessLifetime, renewed.RefreshLifetime, Life.RefreshEndsAt);
        var next = this with
        {
            Life = life,
            Scopes = renewed.Scopes ?? Scopes,
            State = State.IsUsable ? EndingRule.AfterRenewal(State, Life, life, at.Now) : State,
            RenewAt = KeepsRenewing ? RenewalRule.RenewAt(life, at.Jitter, at.ClockSkew, at.NextPostAt) : null,
            Trail = Trail.Renewed(),
        };
        return new(next, new(at.Now, TimelineKind.Renewed, "Renewed", LogId: renewed.LogId, Attempts: Trail.Failures + 1));
    }

    private ConnectionChange Later(RenewalContext at, bool mayHaveRotated, TimeSpan? retryAfter = null) => new(this with
    {
        RenewAt = RetryRule.Renewal.NextAt(at.Now, Trail.Failures, at.Jitter, retryAfter, Life.AccessEndsAt),
        Trail = Trail.Failed(mayHaveRotated),
    });

    private NeedsSignInReason WhyRefused(DateTimeOffset now) =>
        Life.RefreshEndsAt <= now ? NeedsSignInReason.RefreshTokenEnded
        : Trail.UnansweredAt is not null ? NeedsSignInReason.RotationLost
        : NeedsSignInReason.RefreshRefused;

    private ConnectionChange SignInNeeded(NeedsSignInReason reason, string? code, string? logId, DateTimeOffset now)
    {
        if (State == new NeedsSignIn(reason) || State is Restricted or Disconnected)
            return new(this);
        var entry = new TimelineEntry(now, TimelineKind.SignInNeeded, $"{reason}", code, logId, Trail.Failures + 1);
        // A better reason for what people already know is worth a line, not a second message.
        return State is NeedsSignIn
            ? new(Ended(new NeedsSignIn(reason)), entry)
            : new(Ended(new NeedsSignIn(reason)), entry, new(NoticeKind.NeedsSignIn, $"{reason}"), PostsEffect.Hold);
    }

    private ConnectionChange Removed(RemovalCause cause, string code, string? logId, DateTimeOffset now) => cause switch
    {
        RemovalCause.AccountDeleted => Restrict(Restriction.Deleted, code, logId, now),
        RemovalCause.AgeChanged => Restrict(Restriction.UnderAge, code, logId, now),
        RemovalCause.AccountBanned => Restrict(Restriction.Banned, code, logId, now),
        RemovalCause.ByApp => SignInNeeded(NeedsSignInReason.RevokedByApp, code, logId, now),
        _ => SignInNeeded(NeedsSignInReason.AccessRemoved, code, logId, now),
    };

    private ConnectionChange Restrict(Restriction kind, string code, string? logId, DateTimeOffset now) => State == new Restricted(kind)
        ? new(this)
        : new(
            Ended(new Restricted(kind)),
            new(now, TimelineKind.Restricted, $"{kind}", code, logId),
            new(NoticeKind.Restricted, $"{kind}"),
            PostsEffect.Hold);

    private Connection Ended(ConnectionState state) => this with { State = state, RenewAt = null, Trail = new RenewalTrail() };

    private static ConnectionState Alive(TokenLife life, DateTimeOffset now) =>
        EndingRule.DaysLeft(life.RefreshEndsAt, now) is { } days ? new EndingSoon(days) : new Live();
}
