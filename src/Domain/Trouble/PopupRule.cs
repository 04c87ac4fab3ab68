using static Holdfast.Domain.Trouble.Finding;

namespace Holdfast.Domain.Trouble;

/// <summary>The window does not open, or stays blank.</summary>
internal static class PopupRule
{
    public static IEnumerable<Finding> Of(TroubleFacts facts)
    {
        var (browser, tiktok) = (facts.Browser, facts.TikTok);
        foreach (var finding in AppRule.State(tiktok))
            yield return finding;
        var own = AddressRule.Origin(tiktok.RedirectUri) ?? "";
        if (browser.RunsScript is false)
            yield return Found(Cause.ScriptOff);
        if (browser.Window is WindowTest.Blocked)
            yield return Found(Cause.WindowBlocked, own);
        if (browser.Window is WindowTest.Blank)
            yield return Found(Cause.WindowBlank, own);
        foreach (var finding in BrowserRule.Site(facts).Concat(BrowserRule.Cookies(facts)).Concat(BrowserRule.Address(facts)))
            yield return finding;
        foreach (var finding in AppRule.Page(tiktok))
            yield return finding;

        if (facts.Attempts is [var last, ..] && Last(last, facts, own) is { } said)
            yield return said with { IsOfOneTry = true };
        foreach (var finding in AppRule.Failing(facts))
            yield return finding with { Certainty = Certainty.Note };
        if (browser.HasChannel is false)
            yield return Note(Cause.NoChannel);
    }

    /// <summary>How far the last press of <em>Connect</em> came. What a test shows now goes before what was seen then.</summary>
    private static Finding? Last(AttemptFacts attempt, TroubleFacts facts, string own) => attempt.Outcome switch
    {
        AttemptOutcome.Blocked when facts.Browser.Window is not WindowTest.Works => Likely(Cause.WindowBlocked, own),
        AttemptOutcome.Blank when facts.Browser.Window is not WindowTest.Works => Likely(Cause.WindowBlank, own),
        AttemptOutcome.KeptOff when facts.Browser.ReachesSite is not true && facts.TikTok.Reach is Reach.Answers => Likely(Cause.SiteBlockedHere, facts.TikTok.Site),
        AttemptOutcome.UnderWay => Likely(Cause.StillOpen, attempt.At),
        AttemptOutcome.NeverCameBack => Likely(Cause.NeverCameBack, facts.TikTok.Site, attempt.At),
        _ => null,
    };
}
