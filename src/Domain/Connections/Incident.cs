namespace Holdfast.Domain.Connections;

/// <summary>One problem of the app or the installation that explains many failures. No token is touched by it.</summary>
/// <param name="Cause">TikTok's code, or one of the names here.</param>
public sealed record Incident(string Cause, string? LogId)
{
    /// <summary>So many accounts are refused at once that it cannot be the people.</summary>
    public const string RefusedByMany = "refused-by-many";

    /// <summary>Tokens of several accounts are renewed well and then refused all the same.</summary>
    public const string CallsRefused = "calls-refused";

    /// <summary>Nothing has been answered for a while, whoever asked.</summary>
    public const string TikTokUnavailable = "tiktok-unavailable";

    /// <summary>This machine's clock is minutes off.</summary>
    public const string ClockIsOff = "clock-is-off";

    /// <summary>Accounts were connected with another client key than the one that is configured.</summary>
    public const string AppChanged = "app-changed";

    /// <summary>The database was restored from a backup, and some tokens in it had been renewed since.</summary>
    public const string BackupRestored = "backup-restored";

    /// <summary>TikTok's word for "your app's users of the day are used up".</summary>
    public const string UserCap = "reached_active_user_cap";

    public const string NoApp = "no-app";

    public const string KeyMissing = "key-missing";

    public const string SecretDamaged = "secret-damaged";
}

/// <summary>What shows that an incident is over.</summary>
public enum IncidentEnds
{
    /// <summary>It met everybody alike: whoever renews first proves that it is over.</summary>
    WithAnyRenewal,

    /// <summary>Each connection that felt it has to renew or be signed in again.</summary>
    WithEachRenewal,

    /// <summary>Each connection that felt it has to be let post again.</summary>
    WithEachPost,

    /// <summary>Each connection that felt it has to be answered again; what nobody meets for a while is over too.</summary>
    WithEachCall,

    /// <summary>Whoever noticed it watches it.</summary>
    ByItself,
}

public static class IncidentRule
{
    /// <summary>One that comes back so soon is the same one: nobody is told twice.</summary>
    public static readonly TimeSpan SameWithin = TimeSpan.FromHours(1);

    public static IncidentEnds Ends(string cause) => cause switch
    {
        Incident.KeyMissing or Incident.SecretDamaged or Incident.AppChanged or Incident.BackupRestored => IncidentEnds.WithEachRenewal,
        Incident.UserCap => IncidentEnds.WithEachPost,
        Incident.CallsRefused => IncidentEnds.WithEachCall,
        Incident.TikTokUnavailable or Incident.ClockIsOff => IncidentEnds.ByItself,
        _ => IncidentEnds.WithAnyRenewal,
    };

    /// <summary>Whether it was found on our side, before TikTok was asked anything.</summary>
    public static bool IsOurOwn(string cause) => cause is Incident.NoApp or Incident.AppChanged or Incident.KeyMissing or Incident.SecretDamaged;

    /// <summary>Whether renewals fail or wait while it is open, so that it explains those of every account. One damaged secret, or accounts of another key, explain only their own.</summary>
    public static bool StopsRenewals(string cause) => cause is Incident.TikTokUnavailable || (IsTheApps(cause) && cause is not (Incident.SecretDamaged or Incident.AppChanged));

    /// <summary>Whether it stands in the way of posts, so that a held one names it instead of TikTok's silence.</summary>
    public static bool IsTheApps(string cause) => cause is not (Incident.TikTokUnavailable or Incident.CallsRefused or Incident.ClockIsOff or Incident.UserCap or Incident.BackupRestored);
}
