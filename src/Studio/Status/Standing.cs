using Holdfast.Domain.Connections;
using Holdfast.Studio.Accounts.KeepAlive;

namespace Holdfast.Studio.Status;

/// <summary>The parts of the service that people ask about. The names are keys of texts.</summary>
public enum Part
{
    TikTok,
    Renewals,
    Publishing,
    Storage,
}

/// <summary>How a part stands. The names are keys of texts.</summary>
public enum Health
{
    Good,
    Slow,
    Down,
    Unknown,
}

/// <summary>How everything stands at one instant, as strangers may read it: counts and causes, no names and no references.</summary>
public sealed record Standing(DateTimeOffset At, IReadOnlyDictionary<Part, Health> Parts, IReadOnlyList<IncidentRow> Open, IReadOnlyList<IncidentRow> Past, Counts Counts)
{
    /// <summary>The worst of its parts.</summary>
    public Health Overall => Parts.Values.Contains(Health.Down) ? Health.Down
        : Parts.Values.Contains(Health.Unknown) ? Health.Unknown
        : Parts.Values.Contains(Health.Slow) ? Health.Slow
        : Health.Good;

    public static Standing Of(DateTimeOffset now, IReadOnlyList<IncidentRow> open, IReadOnlyList<IncidentRow> past, Counts counts)
    {
        var isSilent = open.Any(incident => incident.Cause == Incident.TikTokUnavailable);
        var isRefused = open.Any(incident => IncidentRule.IsTheApps(incident.Cause));
        var isCapped = open.Any(incident => incident.Cause == Incident.UserCap);
        return new(now, new Dictionary<Part, Health>
        {
            [Part.TikTok] = isSilent ? Health.Down : Health.Good,
            [Part.Renewals] = isRefused ? Health.Down : isSilent || counts.Late > 0 ? Health.Slow : Health.Good,
            [Part.Publishing] = isSilent || isRefused || isCapped || counts.Waiting > 0 ? Health.Slow : Health.Good,
            [Part.Storage] = Health.Good,
        }, open, past, counts);
    }

    /// <summary>The database does not answer, so nothing else is known.</summary>
    public static Standing Unknown(DateTimeOffset now) => new(now, new Dictionary<Part, Health>
    {
        [Part.TikTok] = Health.Unknown,
        [Part.Renewals] = Health.Unknown,
        [Part.Publishing] = Health.Unknown,
        [Part.Storage] = Health.Down,
    }, [], [], new());
}
