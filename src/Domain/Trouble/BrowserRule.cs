using static Holdfast.Domain.Trouble.Finding;

namespace Holdfast.Domain.Trouble;

/// <summary>What a browser can have against any sign-in at TikTok.</summary>
internal static class BrowserRule
{
    /// <summary>The same silence means different things: here only it is this browser or its network, here and at the server it is TikTok or the way there.</summary>
    public static IEnumerable<Finding> Site(TroubleFacts facts)
    {
        if (facts.Browser.ReachesSite is false && !AppRule.IsUnreachable(facts.TikTok))
            yield return Found(Cause.SiteBlockedHere, facts.TikTok.Site);
        else if (facts.Browser.ReachesSite is not true)
        {
            foreach (var finding in AppRule.Unreachable(facts.TikTok))
                yield return finding;
        }
    }

    public static IEnumerable<Finding> Cookies(TroubleFacts facts)
    {
        if (facts.Browser.KeepsCookies is false)
            yield return Found(Cause.CookiesBlocked);
    }

    public static IEnumerable<Finding> Address(TroubleFacts facts)
    {
        if (AddressRule.IsElsewhere(facts))
            yield return Found(Cause.OtherAddress, facts.Browser.OpenedAt!, AddressRule.Origin(facts.TikTok.RedirectUri)!); // both are there: they were compared
    }
}
