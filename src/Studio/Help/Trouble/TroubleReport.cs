using System.Globalization;
using System.Text;
using Holdfast.Domain.Trouble;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>Everything that was seen, as text for whoever is asked for help. No secret, no name, no code: keys of sentences, TikTok's words and its references.</summary>
internal static class TroubleReport
{
    public static string Of(Diagnosis diagnosis, TroubleFacts facts, string? userAgent = null)
    {
        var text = new StringBuilder();
        Line($"Holdfast trouble report: {diagnosis.Problem}, {TroubleWords.Utc(facts.Now)}, version {typeof(TroubleReport).Assembly.GetName().Version?.ToString(3)}");
        foreach (var finding in diagnosis.Findings)
            Line($"{finding.Certainty}: {finding.Cause}{(finding.AccountId is null ? "" : $", connection {finding.AccountId}")}{(finding.LogId is null ? "" : $", log_id {finding.LogId}")}");
        if (!diagnosis.IsExplained)
            Line("No cause found.");
        if (diagnosis.Looks.Count > 0)
            Line($"Looked at: {string.Join(", ", diagnosis.Looks.Select(look => $"{look.Look} {look.Verdict}"))}");
        if (facts.TikTok.Site.Length > 0)
            Line($"TikTok: {facts.TikTok.Site} {facts.TikTok.Reach}, keys {facts.TikTok.Keys}{(facts.TikTok.IsSandbox ? " (sandbox)" : "")}, page {facts.TikTok.Page}, clock {Seconds(facts.TikTok.ClockAhead)}");
        if (facts.TikTok.RedirectUri.Length > 0)
            Line($"Comes back to: {facts.TikTok.RedirectUri}");
        if (facts.Browser != BrowserFacts.None)
            Line($"Browser: window {facts.Browser.Window}, clock {Seconds(facts.Browser.ClockAhead)}{(facts.Browser.OpenedAt is null ? "" : $", opened at {facts.Browser.OpenedAt}")}{(string.IsNullOrEmpty(userAgent) ? "" : $", {userAgent}")}");
        foreach (var attempt in facts.Attempts)
            Line($"Attempt {TroubleWords.Utc(attempt.At)}: {attempt.Outcome}{(attempt.Error is null ? "" : $", {attempt.Error}: {attempt.Said}")}{(attempt.LogId is null ? "" : $", log_id {attempt.LogId}")}");
        foreach (var account in facts.Accounts.Where(account => !account.State.IsUsable || account.Failures > 0))
            Line($"Connection {account.Id}: {account.State.Word} {(account.State is Domain.Connections.ConnectionState.Disconnected ? "" : account.State.Detail)} since {TroubleWords.Utc(account.Since)}, {account.Failures} failures, probe {account.Probe}");
        foreach (var incident in facts.Incidents)
            Line($"Incident {incident.Cause} since {TroubleWords.Utc(incident.Since)}{(incident.LogId is null ? "" : $", log_id {incident.LogId}")}");
        return text.ToString().TrimEnd();

        // What TikTok and a browser say stays on its line.
        void Line(string line) => text.Append(line.ReplaceLineEndings(" ")).Append('\n');
    }

    private static string Seconds(TimeSpan? ahead) => ahead is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:+0;-0;0} s") : "not told";
}
