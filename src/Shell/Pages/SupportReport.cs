using System.Globalization;
using System.Text.RegularExpressions;
using Holdfast.Shell.Language;

namespace Holdfast.Shell.Pages;

/// <summary>What support asks for, as text: when, what, TikTok's own words and references, which version. Never a secret, whatever the words were made of.</summary>
/// <param name="What">In a sentence.</param>
/// <param name="Code">TikTok's code, or ours: the report says whose.</param>
/// <param name="LogId">TikTok's id of the call.</param>
/// <param name="Reference">Our own, found in the log.</param>
public sealed partial record SupportReport(DateTimeOffset At, string What, string? Code = null, string? LogId = null, string? Reference = null)
{
    /// <param name="app">The app's name as people know it.</param>
    public string Text(Texts t, string app) => string.Join('\n', new[]
    {
        $"{app} {Version}",
        t["pages.report.time", At.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)],
        t["pages.report.what", Clean(What)],
        Code is { Length: > 0 } code ? t[CodeOrigin.IsTikToks(code) ? "pages.report.code" : "pages.report.own-code", Clean(code)] : null,
        LogId is { Length: > 0 } logId ? t["pages.report.log-id", Clean(logId)] : null,
        Reference is { Length: > 0 } reference ? t["pages.report.reference", reference] : null,
    }.Where(line => line is not null));

    /// <summary>An instant for people anywhere.</summary>
    public static string Say(DateTimeOffset at) => at.ToUniversalTime().ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    public static string Version { get; } = typeof(SupportReport).Assembly.GetName().Version?.ToString(3) ?? "";

    // Foreign words may repeat what was sent: tokens, codes and keys are known by their looks.
    private static string Clean(string words) => Secret().Replace(words.ReplaceLineEndings(" "), "(redacted)");

    [GeneratedRegex(@"\b(act|rft|clt)\.[^\s""']+|\bhf_[A-Za-z0-9_-]+|(?<=\b(code|state|token|secret|client_secret|code_verifier|password)=)[^\s&]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Secret();
}
