using System.Globalization;
using Holdfast.Domain.Trouble;
using Holdfast.Shell.Language;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>What findings say to people; the sentences stand under <c>help.trouble.cause.…</c>.</summary>
/// <param name="find">A text by its key.</param>
/// <param name="say">An instant in the words of whoever reads.</param>
/// <param name="isDoctor">Doctor itself speaks, and sends nobody to doctor.</param>
internal sealed class TroubleWords(Func<string, string> find, Func<DateTimeOffset, string> say, bool isDoctor = false)
{
    /// <summary>For a page.</summary>
    public static TroubleWords For(Texts texts, Func<DateTimeOffset, string> say) => new(key => texts[key], say);

    public string Title(Finding finding) => Fill(finding, IsCounted(finding.Cause) ? "title." + Form(finding.Values.OfType<int>().Single()) : "title");

    public string Body(Finding finding) => Fill(finding, "body");

    /// <summary>What to do now.</summary>
    public string Next(Finding finding) => Fill(finding, "next") + (!isDoctor && DoctorKnowsMore(finding.Cause) ? " " + find("help.trouble.doctor") : "");

    /// <summary>An instant for the report, which goes to people in other places.</summary>
    public static string Utc(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>Its title names one number, in words for one and for more.</summary>
    private static bool IsCounted(Cause cause) => cause is Cause.StudioPassword or Cause.StudioCode or Cause.RenewalsDelayed;

    private static bool DoctorKnowsMore(Cause cause) => cause is Cause.NoAnswer or Cause.RenewalsDelayed or Cause.NotRenewing;

    private static string Form(double count) => count == 1 ? "one" : "other";

    private string Fill(Finding finding, string part) =>
        string.Format(CultureInfo.InvariantCulture, find($"help.trouble.cause.{finding.Cause}.{part}"), [.. finding.Values.Select(Say)]);

    private object Say(object value) => value switch
    {
        DateTimeOffset at => say(at),
        TimeSpan span => Span(span),
        Reach reach => find($"help.trouble.reach.{reach}"),
        _ => value,
    };

    private string Span(TimeSpan span)
    {
        var (unit, count) = span switch
        {
            { TotalMinutes: < 2 } => ("seconds", span.TotalSeconds),
            { TotalHours: < 2 } => ("minutes", span.TotalMinutes),
            { TotalDays: < 2 } => ("hours", span.TotalHours),
            _ => ("days", span.TotalDays),
        };
        var whole = Math.Round(count);
        return string.Format(CultureInfo.InvariantCulture, find($"help.trouble.span.{unit}.{Form(whole)}"), whole);
    }
}
