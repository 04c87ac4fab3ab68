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
        if (browser.RunsScript is false)
            yield return Found(Cause.ScriptOff);
        if (browser.Window is WindowTest.Blocked)
            yield return Found(Cause.WindowBlocked, AddressRule.Origin(tiktok.RedirectUri) ?? "");
        if (browser.Window is WindowTest.Blank)
            yield return Found(Cause.WindowBlank, AddressRule.Origin(tiktok.RedirectUri) ?? "");
        foreach (var finding in BrowserRule.Site(facts).Concat(BrowserRule.Cookies(facts)).Concat(BrowserRule.Address(facts)))
            yield return finding;
        foreach (var finding in AppRule.Page(tiktok))
            yield return finding;

        if (facts.Attempts is [{ Outcome: AttemptOutcome.UnderWay } open, ..])
            yield return Likely(Cause.StillOpen, open.At);
        if (facts.Attempts is [{ Outcome: AttemptOutcome.NeverCameBack } lost, ..])
            yield return Likely(Cause.NeverCameBack, tiktok.Site, lost.At);
        if (browser.HasChannel is false)
            yield return Note(Cause.NoChannel);
    }
}
