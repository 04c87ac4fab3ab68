using Holdfast.Domain.Connections;
using Holdfast.Shell.Components;
using Holdfast.Shell.Language;
using Holdfast.Shell.Pages;
using Holdfast.Studio.Accounts.Timeline;

namespace Holdfast.Studio.Accounts.Pages;

/// <summary>What connections and their timelines say to people.</summary>
internal static class Words
{
    public static Tone ToneOf(ConnectionRow row) => row.State switch
    {
        "live" => Tone.Good,
        "connecting" => Tone.Busy,
        "ending-soon" => Tone.Warning,
        "disconnected" => Tone.Neutral,
        _ => Tone.Bad,
    };

    /// <summary>The pill's words.</summary>
    public static string PillOf(ConnectionRow row, Texts t) => t[$"accounts.state.{row.State}"];

    /// <summary>What stands in the way, since when, and what helps; <c>null</c> while nothing does.</summary>
    /// <param name="say">An instant as its reader has it.</param>
    public static string? TroubleOf(ConnectionRow row, Texts t, Func<DateTimeOffset, string> say)
    {
        var since = say(row.StateSince);
        return ConnectionState.Read(row.State, row.StateReason) switch
        {
            ConnectionState.NeedsSignIn(var reason) => t[$"accounts.needs.{reason}", since],
            ConnectionState.Restricted(var kind) => t[$"accounts.restricted.{kind}", since],
            ConnectionState.Disconnected(var by) => t["accounts.disconnected-since", by, since],
            ConnectionState.EndingSoon => t["accounts.ending", row.RefreshEndsAt is { } end ? say(end) : ""],
            _ => null,
        };
    }

    public static bool CanReconnect(ConnectionRow row) => row.State is "needs-sign-in" or "disconnected" or "ending-soon";

    public static IReadOnlyList<AbilityStatus> AbilitiesOf(ConnectionRow row, IReadOnlyCollection<string> asked) => Abilities.Of(ScopeSet.Parse(row.Scopes), asked);

    /// <summary>What was asked for and left out, as people call it; <c>null</c> when nothing was.</summary>
    public static string? LeftOut(ConnectionRow row, IReadOnlyCollection<string> asked, Texts t) =>
        AbilitiesOf(row, asked).Where(ability => !ability.IsGranted).Select(ability => t[$"accounts.can.{ability.Ability}"]).ToList() is { Count: > 0 } missing ? string.Join(", ", missing) : null;

    public static Tone ToneOf(TimelineRow line) => line.Kind switch
    {
        nameof(TimelineKind.SignInNeeded) or nameof(TimelineKind.Restricted) => Tone.Bad,
        nameof(TimelineKind.RenewalDelayed) or nameof(TimelineKind.TokenRefused) or nameof(TimelineKind.RemovalTold) or nameof(TimelineKind.EndingSoon) => Tone.Warning,
        nameof(TimelineKind.Disconnected) => Tone.Neutral,
        nameof(TimelineKind.Renamed) => Tone.Info,
        _ => Tone.Good,
    };

    public static string TitleOf(TimelineRow line, Texts t) => line.Kind switch
    {
        nameof(TimelineKind.SignInNeeded) => t["accounts.line.SignInNeeded", t[$"accounts.because.{line.Cause}"]],
        nameof(TimelineKind.Restricted) => t["accounts.line.Restricted", t[$"accounts.because.{line.Cause}"]],
        nameof(TimelineKind.Renewed) when line.Attempts > 1 => t["accounts.line.Renewed.tries", line.Attempts],
        _ => t[$"accounts.line.{line.Kind}", line.Cause],
    };

    /// <summary>What TikTok said and what we tried, for the line below and for support.</summary>
    public static string? DetailOf(TimelineRow line, Texts t)
    {
        var parts = new List<string>();
        if (line is { Kind: nameof(TimelineKind.Disconnected), TikTokReason: { } told })
            parts.Add(t[$"accounts.told.{(told is "revoked" or "shared" or "unconfirmed" ? told : "refused")}"]);
        else if (line.TikTokReason is { } reason)
            parts.Add(CodeOrigin.IsTikToks(reason) ? t["accounts.line.said", reason] : reason.StartsWith("removed:", StringComparison.Ordinal) ? t["accounts.line.by-webhook"] : reason);
        if (line is { Kind: nameof(TimelineKind.SignInNeeded), Attempts: > 0 })
            parts.Add(t.Count("accounts.line.tries", line.Attempts));
        if (line is { ByName: { } by, Kind: not nameof(TimelineKind.Disconnected) })
            parts.Add(t["accounts.line.by", by]);
        if (line.LogId is { } logId)
            parts.Add(t["accounts.line.log", logId]);
        return parts.Count > 0 ? string.Join(" · ", parts) : null;
    }
}
