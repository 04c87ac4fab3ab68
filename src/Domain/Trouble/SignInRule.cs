using static Holdfast.Domain.Trouble.Finding;

namespace Holdfast.Domain.Trouble;

/// <summary>A sign-in is said to be wrong: Studio's own, which we know, or TikTok's, of which we see only who comes back.</summary>
internal static class SignInRule
{
    public static IEnumerable<Finding> Of(TroubleFacts facts)
    {
        var (browser, tiktok) = (facts.Browser, facts.TikTok);
        if (browser.RunsScript is false)
            yield return Note(Cause.ScriptOff);
        foreach (var finding in BrowserRule.Cookies(facts).Concat(BrowserRule.Site(facts)))
            yield return finding;
        if (facts.Wait > TimeSpan.Zero)
            yield return Found(Cause.Throttled, facts.Wait);
        if (facts.Attempts is [{ Outcome: AttemptOutcome.OtherAccount } other, ..])
            yield return Found(Cause.OtherAccount, other.Expected ?? "", other.Got ?? "") with { IsOfOneTry = true };

        if (browser.ClockAhead is { } ahead && ClockRule.SpoilsCodes(ahead))
            yield return Likely(Cause.BrowserClock, ahead.Duration());
        if (tiktok.ClockAhead is { } skew && ClockRule.SpoilsCodes(skew))
            yield return Likely(Cause.ServerClock, skew.Duration());
        if (facts.StudioCodes > 0)
            yield return Likely(Cause.StudioCode, facts.StudioCodes);
        if (facts.StudioPasswords > 0)
            yield return Likely(Cause.StudioPassword, facts.StudioPasswords);
        if (browser.HasStaleSession)
            yield return Likely(Cause.StaleSession);
        if (facts.Attempts is [{ Outcome: AttemptOutcome.NeverCameBack or AttemptOutcome.UnderWay }, ..])
            yield return Likely(tiktok.IsTikTok ? Cause.LeftAtSignIn : Cause.LeftAtSignInHere, facts.Attempts.TakeWhile(attempt => attempt.Outcome is AttemptOutcome.NeverCameBack or AttemptOutcome.UnderWay).Count(), tiktok.Site);
    }
}
