using Holdfast.Domain.Connections;
using static Holdfast.Domain.Trouble.Finding;

namespace Holdfast.Domain.Trouble;

/// <summary>What is wrong between this installation and TikTok, whoever tries to connect what.</summary>
internal static class AppRule
{
    /// <summary>Without an app nothing goes anywhere.</summary>
    public static IEnumerable<Finding> State(TikTokFacts tiktok)
    {
        if (tiktok.App is AppState.None)
            yield return Found(Cause.NoApp);
        if (tiktok.App is AppState.KeyMissing)
            yield return Found(Cause.KeyMissing);
        if (tiktok.App is AppState.SecretDamaged)
            yield return Found(Cause.SecretDamaged);
    }

    /// <summary>The link we send people to ends at TikTok's error page.</summary>
    public static IEnumerable<Finding> Page(TikTokFacts tiktok)
    {
        if (tiktok.IsRedirectUnfit)
            yield return Found(Cause.RedirectUnfit, tiktok.RedirectUri);
        if (tiktok.Page is PageCheck.RefusesRedirect)
            yield return Found(Cause.RedirectNotRegistered, tiktok.RedirectUri) with { LogId = tiktok.LogId };
        if (tiktok.Page is PageCheck.RefusesKey)
            yield return Found(Cause.AppRefused, tiktok.RedirectUri) with { LogId = tiktok.LogId };
        if (tiktok.Page is PageCheck.RefusesScope)
            yield return Found(Cause.ScopeNotEnabled) with { LogId = tiktok.LogId };
        if (tiktok.Page is PageCheck.RefusesChallenge)
            yield return Found(Cause.ChallengeRefused, tiktok.RedirectUri) with { LogId = tiktok.LogId };
    }

    /// <summary>Renewals and exchanges do not get through.</summary>
    public static IEnumerable<Finding> Calls(TikTokFacts tiktok)
    {
        if (tiktok.Keys is KeyCheck.Wrong)
            yield return Found(Cause.SecretWrong) with { LogId = tiktok.LogId };
        foreach (var finding in Unreachable(tiktok))
            yield return finding;
    }

    public static IEnumerable<Finding> Unreachable(TikTokFacts tiktok)
    {
        if (IsUnreachable(tiktok))
            yield return Found(Cause.SiteUnreachable, tiktok.Site, tiktok.Reach);
    }

    public static bool IsUnreachable(TikTokFacts tiktok) => tiktok.Reach is not (Reach.Answers or Reach.NotAsked);

    /// <summary>An open incident that no finding has named yet.</summary>
    public static IEnumerable<Finding> Incidents(TroubleFacts facts, IEnumerable<Finding> named)
    {
        var known = named.Select(finding => finding.Cause).ToHashSet();
        return facts.Incidents.Where(incident => IsSeen(incident, facts.TikTok) && !known.Contains(CauseOf(incident.Cause)))
            .Select(incident => Likely(CauseOf(incident.Cause), ValuesOf(incident, facts)) with { LogId = incident.LogId }).Take(1);
    }

    /// <summary>TikTok answers, and what it answers has been of no use for a while.</summary>
    public static IEnumerable<Finding> Failing(TroubleFacts facts) => Incidents(facts with { Incidents = [.. facts.Incidents.Where(incident => incident.Cause is Incident.TikTokUnavailable)] }, Unreachable(facts.TikTok));

    /// <summary>Why TikTok is silent shows only to whoever asks it; not reached, it has been named as that.</summary>
    private static bool IsSeen(IncidentFacts incident, TikTokFacts tiktok) => incident.Cause is not Incident.TikTokUnavailable || tiktok.Reach is Reach.Answers;

    private static Cause CauseOf(string incident) => incident switch
    {
        Incident.RefusedByMany => Cause.RefusedByMany,
        Incident.NoApp => Cause.NoApp,
        Incident.KeyMissing => Cause.KeyMissing,
        Incident.SecretDamaged => Cause.SecretDamaged,
        Incident.TikTokUnavailable => Cause.TikTokFailing,
        Incident.CallsRefused => Cause.CallsRefused,
        Incident.ClockIsOff => Cause.ServerClock,
        Incident.AppChanged => Cause.AppWasChanged,
        Incident.BackupRestored => Cause.RestoredOrCopied,
        Incident.UserCap => Cause.UserCap,
        "invalid_client" => Cause.SecretWrong,
        _ => Cause.IncidentOpen,
    };

    private static IReadOnlyList<object> ValuesOf(IncidentFacts incident, TroubleFacts facts) => incident.Cause switch
    {
        Incident.TikTokUnavailable or Incident.CallsRefused => [incident.Since],
        Incident.ClockIsOff => [(facts.TikTok.ClockAhead ?? TimeSpan.Zero).Duration()],
        Incident.BackupRestored => [incident.Felt],
        _ => [incident.Cause, incident.Since],
    };
}
