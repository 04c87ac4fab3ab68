using Holdfast.Domain.Connections;
using Holdfast.Shell.Components;
using Holdfast.Shell.Language;
using Holdfast.Studio.Accounts.KeepAlive;

namespace Holdfast.Studio.Status;

/// <summary>What strangers read: whether it concerns them and whether it is over, nothing that helps to attack the installation.</summary>
internal static class StatusWords
{
    public static Tone ToneOf(Health health) => health switch
    {
        Health.Good => Tone.Good,
        Health.Slow => Tone.Warning,
        Health.Down => Tone.Bad,
        Health.Unknown => Tone.Neutral,
    };

    /// <summary>Everything the operator has to mend is one kind here.</summary>
    public static string KindOf(string cause) => cause switch
    {
        Incident.TikTokUnavailable or Incident.CallsRefused or Incident.UserCap or Incident.ClockIsOff or Incident.BackupRestored => cause,
        _ => "operator",
    };

    public static string Lasted(IncidentRow incident, DateTimeOffset now, Texts t)
    {
        var time = (incident.EndedAt ?? now) - incident.BeganAt;
        return time < TimeSpan.FromMinutes(1) ? t["status.minute"]
            : time < TimeSpan.FromHours(2) ? t.Count("status.minutes", (long)time.TotalMinutes)
            : time < TimeSpan.FromDays(2) ? t.Count("status.hours", (long)time.TotalHours)
            : t.Count("status.days", (long)time.TotalDays);
    }
}
