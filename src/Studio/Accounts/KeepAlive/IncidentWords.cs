using System.Collections.Frozen;
using System.Globalization;
using Holdfast.Domain.Connections;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>What incidents say to members. What strangers may read stands with the status page.</summary>
internal static class IncidentWords
{
    private static readonly FrozenSet<string> Known = FrozenSet.Create(StringComparer.Ordinal,
        "invalid_client", Incident.RefusedByMany, Incident.CallsRefused, Incident.NoApp, Incident.KeyMissing, Incident.SecretDamaged,
        Incident.TikTokUnavailable, Incident.ClockIsOff, Incident.AppChanged, Incident.BackupRestored, Incident.UserCap);

    /// <summary>The name of its sentences: codes that have none of their own share one.</summary>
    public static string KeyOf(string cause) => Known.Contains(cause) ? cause : "other";

    public static string TitleOf(string cause, Texts t) => t[$"notices.incident.{KeyOf(cause)}.title"];

    public static SupportReport ReportOf(IncidentRow incident, Texts t) => new(
        incident.LastAt,
        t["notices.incident.report", TitleOf(incident.Cause, t) + ".", incident.BeganAt.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), incident.Times, incident.Felt],
        incident.Cause,
        incident.LogId);
}
