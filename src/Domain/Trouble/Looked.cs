namespace Holdfast.Domain.Trouble;

/// <summary>One thing that was looked at, and how it is.</summary>
public sealed record Looked(Look Look, Verdict Verdict)
{
    internal static IEnumerable<Looked> Of(Problem problem, TroubleFacts facts)
    {
        var (browser, tiktok) = (facts.Browser, facts.TikTok);
        var isAboutBrowser = problem is Problem.Popup or Problem.SignIn && browser != BrowserFacts.None;
        if (isAboutBrowser)
        {
            yield return new(Look.Script, From(browser.RunsScript));
            yield return new(Look.SiteFromBrowser, From(browser.ReachesSite));
            yield return new(Look.Cookies, From(browser.KeepsCookies));
        }
        if (isAboutBrowser && problem is Problem.Popup)
        {
            yield return new(Look.Window, browser.Window switch { WindowTest.NotTried => Verdict.Unknown, WindowTest.Works => Verdict.Good, _ => Verdict.Bad });
            yield return new(Look.Channel, From(browser.HasChannel));
        }
        if (isAboutBrowser && problem is Problem.SignIn)
            yield return new(Look.BrowserClock, From(browser.ClockAhead is { } ahead ? !ClockRule.SpoilsCodes(ahead) : null));
        if (problem is Problem.Popup or Problem.Authorize && browser.OpenedAt is not null)
            yield return new(Look.Address, From(!AddressRule.IsElsewhere(facts)));
        if (!tiktok.WasAsked)
            yield break;

        yield return new(Look.App, From(tiktok.App is AppState.Ready));
        yield return new(Look.SiteFromServer, From(tiktok.Reach is Reach.NotAsked ? null : tiktok.Reach is Reach.Answers));
        yield return new(Look.ServerClock, From(tiktok.ClockAhead is { } skew ? !ClockRule.SpoilsCodes(skew) : null));
        if (problem is not Problem.SignIn)
            yield return new(Look.Keys, tiktok.Keys switch { KeyCheck.Right => Verdict.Good, KeyCheck.Wrong => Verdict.Bad, _ => Verdict.Unknown });
        if (problem is Problem.Popup or Problem.Authorize)
            yield return new(Look.Page, tiktok.Page switch { PageCheck.Accepts => Verdict.Good, PageCheck.Unknown => Verdict.Unknown, _ => Verdict.Bad });
        if (problem is Problem.Disconnects)
            yield return new(Look.Accounts, From(facts.Accounts.All(account => account.State.IsUsable)));
        else
            yield return new(Look.Attempts, facts.Attempts is [] ? Verdict.Unknown : From(facts.Attempts[0].Outcome is AttemptOutcome.Connected));
        yield return new(Look.Incidents, From(facts.Incidents is []));
    }

    private static Verdict From(bool? isGood) => isGood switch { true => Verdict.Good, false => Verdict.Bad, null => Verdict.Unknown };
}

public enum Look
{
    Script,
    SiteFromBrowser,
    Cookies,
    Window,
    Channel,
    BrowserClock,
    Address,
    App,
    SiteFromServer,
    ServerClock,
    Keys,
    Page,
    Attempts,
    Accounts,
    Incidents,
}

public enum Verdict
{
    Good,
    Bad,

    /// <summary>It could not be told from here.</summary>
    Unknown,
}
