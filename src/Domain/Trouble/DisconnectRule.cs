using Holdfast.Domain.Connections;
using static Holdfast.Domain.Trouble.Finding;

namespace Holdfast.Domain.Trouble;

/// <summary>"It disconnects after a few days": why each account ended, and what will end the others.</summary>
internal static class DisconnectRule
{
    /// <summary>A renewal that is this much overdue is done by nobody.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(15);

    public static IEnumerable<Finding> Of(TroubleFacts facts)
    {
        List<Finding> app = [.. AppRule.State(facts.TikTok), .. AppRule.Calls(facts.TikTok)];
        var isExplained = app.Count > 0 || facts.Incidents.Any(incident => IncidentRule.StopsRenewals(incident.Cause));
        app.AddRange(AppRule.Incidents(facts, app));
        List<Finding> accounts = [.. facts.Accounts.OrderByDescending(account => account.Since).Select(Ended).OfType<Finding>()];
        return [.. app, .. Together(accounts), .. accounts, .. facts.Accounts.SelectMany(account => Running(account, facts, isExplained))];
    }

    private static Finding? Ended(AccountFacts account) => account.State switch
    {
        ConnectionState.NeedsSignIn(var reason) => WhySignIn(account, reason),
        ConnectionState.Restricted(var kind) => About(account, kind switch
        {
            Restriction.Private => Cause.AccountPrivate,
            Restriction.UnderAge => Cause.AccountUnderAge,
            Restriction.Banned => Cause.AccountBanned,
            Restriction.Deleted => Cause.AccountDeleted,
        }),
        ConnectionState.Disconnected(var by) => About(account, Cause.ByMember, by),
        _ => null,
    };

    private static Finding WhySignIn(AccountFacts account, NeedsSignInReason reason) => reason switch
    {
        NeedsSignInReason.AccessRemoved => About(account, Cause.AccessRemoved),
        NeedsSignInReason.RevokedByApp => About(account, Cause.RevokedByApp),
        NeedsSignInReason.RotationLost => About(account, Cause.RotationLost),
        NeedsSignInReason.RefreshTokenEnded => About(account, Cause.AccessEnded),
        NeedsSignInReason.OtherAppIssued => About(account, Cause.OtherAppIssued),
        NeedsSignInReason.BackupRestored => About(account, Cause.BackupRestored),
        NeedsSignInReason.TokensNotAccepted => About(account, Cause.NotAccepted),
        // TikTok's one word for many causes: its own answer to the access token tells more.
        NeedsSignInReason.RefreshRefused => account.Probe switch
        {
            TokenProbe.Works => About(account, Cause.RotatedElsewhere),
            TokenProbe.Refused => About(account, Cause.AccessGone),
            _ when account.Since > account.AccessEndsAt + Overdue => About(account, Cause.RefusedAfterGap, account.AccessEndsAt) with { Certainty = Certainty.Likely },
            _ => About(account, Cause.RefreshRefused) with { Certainty = Certainty.Likely },
        },
    };

    /// <summary>People do not leave in step: tokens that were too old for several accounts come from a copy.</summary>
    private static IEnumerable<Finding> Together(IReadOnlyList<Finding> accounts)
    {
        var old = accounts.Where(finding => finding.Cause is Cause.RefusedAfterGap or Cause.RotatedElsewhere).ToList();
        if (old.Count > 1)
            yield return Likely(Cause.RestoredOrCopied, old.Count);
    }

    /// <param name="isExplained">The app is in the way of all renewals: no account has a cause of its own for what it waits for.</param>
    private static IEnumerable<Finding> Running(AccountFacts account, TroubleFacts facts, bool isExplained)
    {
        if (!account.State.IsUsable)
            yield break;
        if (account.Failures > 0 && !isExplained)
            yield return About(account, Cause.RenewalsDelayed, account.Failures) with { Certainty = Certainty.Likely };
        else if (account.RenewAt + Overdue < facts.Now && !isExplained)
            yield return About(account, Cause.NotRenewing, account.RenewAt!.Value); // it was compared
        if (account.Gap is var (from, to))
            yield return About(account, Cause.WasOff, from, to) with { Certainty = Certainty.Note };
        if (account.State is ConnectionState.EndingSoon && account.RefreshEndsAt is { } end)
            yield return About(account, Cause.EndingSoon, end) with { Certainty = Certainty.Note };
    }

    private static Finding About(AccountFacts account, Cause cause, params IReadOnlyList<object> more) =>
        Found(cause, [account.Name, account.Since, .. more]) with { AccountId = account.Id, LogId = account.LogId };
}
