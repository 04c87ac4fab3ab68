using Holdfast.Domain.Trouble;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Language;
using Holdfast.Studio;
using Holdfast.Studio.Help.Trouble;

namespace Holdfast.Specs.Domain.Trouble;

/// <summary>The sentences of findings, and the report's lines.</summary>
public sealed class TroubleWordsSpecs
{
    private static readonly TextTable Texts = new(typeof(AppIdentity).Assembly, typeof(StudioApp).Assembly);

    [Theory]
    [InlineData(1, "wrong 1 time", "1 renewal went")]
    [InlineData(2, "wrong 2 times", "2 renewals went")]
    public void One_and_many_have_words_of_their_own(int count, string times, string renewals)
    {
        var words = new TroubleWords(Texts.Find, TroubleWords.Utc);

        Assert.EndsWith(times, words.Title(Finding.Likely(Cause.StudioPassword, count)), StringComparison.Ordinal);
        Assert.EndsWith(times, words.Title(Finding.Likely(Cause.StudioCode, count)), StringComparison.Ordinal);
        Assert.Contains(renewals, words.Title(Finding.Likely(Cause.RenewalsDelayed, "Ada", Cases.Now, count)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 second")]
    [InlineData(8, "8 seconds")]
    [InlineData(7200, "2 hours")]
    public void A_span_has_words_for_one_and_for_many(int seconds, string span) => Assert.EndsWith(
        $"has to wait {span}", new TroubleWords(Texts.Find, TroubleWords.Utc).Title(Finding.Found(Cause.Throttled, TimeSpan.FromSeconds(seconds))), StringComparison.Ordinal);

    [Fact]
    public void Doctor_sends_nobody_to_doctor()
    {
        var (page, doctor) = (new TroubleWords(Texts.Find, TroubleWords.Utc), new TroubleWords(Texts.Find, TroubleWords.Utc, isDoctor: true));
        var findings = Cases.All.SelectMany(one => Diagnosis.Of(one.Value.Problem, one.Value.Facts).Findings).ToList();

        Assert.Equal([Cause.NoAnswer, Cause.NotRenewing, Cause.RenewalsDelayed], findings.Where(finding => page.Next(finding).Contains("./holdfast doctor", StringComparison.Ordinal)).Select(finding => finding.Cause).Distinct().Order());
        Assert.All(findings, finding => Assert.DoesNotContain("holdfast doctor", doctor.Next(finding), StringComparison.Ordinal));
    }

    [Fact]
    public void The_report_of_a_stranger_has_no_line_without_a_value()
    {
        var facts = new TroubleFacts { Now = Cases.Now, Browser = new() { RunsScript = true } };

        var lines = TroubleReport.Of(Diagnosis.Of(Problem.SignIn, facts), facts).Split('\n');

        Assert.Equal(["Holdfast trouble report", "No cause found.", "Looked at", "Browser"], lines.Select(line => line.Split(':')[0]));
        Assert.EndsWith("clock not told", lines[^1], StringComparison.Ordinal);
    }
}
