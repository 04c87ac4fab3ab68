using Holdfast.Domain.Connections;
using Holdfast.Domain.Trouble;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Language;
using Holdfast.Studio;
using Holdfast.Studio.Help.Trouble;

namespace Holdfast.Specs.Domain.Trouble;

/// <summary>From what was seen to the one true cause: different causes give different answers, and no cause is made up.</summary>
public sealed class DiagnosisSpecs
{
    private static readonly TextTable Texts = new(typeof(AppIdentity).Assembly, typeof(StudioApp).Assembly);

    public static TheoryData<Cause> Causes => [.. Cases.All.Keys];

    public static TheoryData<Problem> Problems => [.. Enum.GetValues<Problem>()];

    [Theory, MemberData(nameof(Causes))]
    public void A_cause_that_shows_is_the_first_answer_and_as_sure_as_it_can_be(Cause cause)
    {
        var (problem, certainty, facts) = Cases.All[cause];

        var first = Diagnosis.Of(problem, facts).Findings[0];

        Assert.Equal((cause, certainty), (first.Cause, first.Certainty));
    }

    [Fact]
    public void Every_cause_can_be_found() => Assert.Empty(Enum.GetValues<Cause>().Except(Cases.All.Keys));

    [Theory, MemberData(nameof(Causes))]
    public void A_cause_says_what_it_is_and_what_to_do_in_full_sentences(Cause cause)
    {
        var (problem, _, facts) = Cases.All[cause];
        var words = new TroubleWords(key => Texts.Has(key) ? Texts.Find(key) : throw new KeyNotFoundException(key), TroubleWords.Utc);

        foreach (var finding in Diagnosis.Of(problem, facts).Findings)
        {
            string[] said = [words.Title(finding), words.Body(finding), words.Next(finding)];
            Assert.All(said, text => Assert.DoesNotContain("{", text, StringComparison.Ordinal));
            Assert.EndsWith(".", words.Next(finding), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Problems))]
    public void Where_everything_is_as_it_should_be_no_cause_is_made_up(Problem problem)
    {
        var diagnosis = Diagnosis.Of(problem, Cases.Good);

        Assert.Empty(diagnosis.Findings);
        Assert.False(diagnosis.IsExplained);
        Assert.All(diagnosis.Looks, look => Assert.Equal(Verdict.Good, look.Verdict));
    }

    [Fact]
    public void A_note_alone_explains_nothing() => Assert.False(Diagnosis.Of(Problem.Popup, Cases.All[Cause.NoChannel].Facts).IsExplained);

    [Fact]
    public void What_is_sure_stands_before_what_is_likely()
    {
        var facts = Cases.All[Cause.BrowserClock].Facts with { Wait = TimeSpan.FromSeconds(5) };

        Assert.Equal([Cause.Throttled, Cause.BrowserClock], Diagnosis.Of(Problem.SignIn, facts).Findings.Select(finding => finding.Cause));
    }

    [Fact]
    public void The_same_silence_means_this_browser_or_TikTok_by_what_the_server_hears()
    {
        var silent = Cases.Good with { Browser = Cases.Good.Browser with { ReachesSite = false } };

        Assert.Equal(Cause.SiteBlockedHere, Diagnosis.Of(Problem.Popup, silent).Findings[0].Cause);
        Assert.Equal(Cause.SiteUnreachable, Diagnosis.Of(Problem.Popup, silent with { TikTok = silent.TikTok with { Reach = Reach.TimedOut } }).Findings[0].Cause);
    }

    [Theory]
    [InlineData(AttemptOutcome.Blocked, Cause.WindowBlocked)]
    [InlineData(AttemptOutcome.Blank, Cause.WindowBlank)]
    [InlineData(AttemptOutcome.KeptOff, Cause.SiteBlockedHere)]
    public void What_the_last_press_left_behind_tells_before_anybody_tests_anything(AttemptOutcome outcome, Cause cause)
    {
        var facts = Cases.Good with { Browser = Cases.Good.Browser with { Window = WindowTest.NotTried, ReachesSite = null }, Attempts = [new(outcome, Cases.Now)] };

        Assert.Equal((cause, Certainty.Likely), (Diagnosis.Of(Problem.Popup, facts).Findings[0].Cause, Diagnosis.Of(Problem.Popup, facts).Findings[0].Certainty));
    }

    [Fact]
    public void A_browser_that_reaches_TikTok_now_and_a_server_that_does_not_are_both_no_browser_that_is_kept_off()
    {
        var kept = Cases.Good with { Browser = Cases.Good.Browser with { ReachesSite = null }, Attempts = [new(AttemptOutcome.KeptOff, Cases.Now)] };
        Assert.Equal(Cause.SiteBlockedHere, Assert.Single(Diagnosis.Of(Problem.Popup, kept).Findings).Cause);

        Assert.Empty(Diagnosis.Of(Problem.Popup, kept with { Browser = Cases.Good.Browser }).Findings);
        Assert.Equal(Cause.SiteUnreachable, Assert.Single(Diagnosis.Of(Problem.Popup, kept with { TikTok = kept.TikTok with { Reach = Reach.TimedOut } }).Findings).Cause);
        Assert.Empty(Diagnosis.Of(Problem.Popup, kept with { TikTok = kept.TikTok with { Reach = Reach.NotAsked } }).Findings);
    }

    [Fact]
    public void A_window_that_works_now_was_not_blocked_for_good() =>
        Assert.Empty(Diagnosis.Of(Problem.Popup, Cases.Good with { Attempts = [new(AttemptOutcome.Blocked, Cases.Now)] }).Findings);

    [Fact]
    public void A_wrong_secret_that_is_right_by_now_is_not_told_as_wrong()
    {
        var mended = Cases.All[Cause.SecretMended].Facts;

        Assert.DoesNotContain(Diagnosis.Of(Problem.Authorize, mended).Findings, finding => finding.Cause is Cause.SecretWrong);
        Assert.Equal(Cause.SecretWrong, Diagnosis.Of(Problem.Authorize, mended with { TikTok = mended.TikTok with { Keys = KeyCheck.Wrong } }).Findings[0].Cause);
    }

    [Fact]
    public void A_try_that_worked_answers_the_failures_before_it()
    {
        var failed = Cases.All[Cause.CodeExpired].Facts;

        Assert.Empty(Diagnosis.Of(Problem.Authorize, failed with { Attempts = [new(AttemptOutcome.Connected, Cases.Now), .. failed.Attempts] }).Findings);
    }

    [Fact]
    public void Each_account_has_its_own_reason_the_latest_first()
    {
        var facts = Cases.Good with
        {
            Accounts =
            [
                Cases.Account(new ConnectionState.NeedsSignIn(NeedsSignInReason.AccessRemoved), "older") with { Since = Cases.Now.AddDays(-2) },
                Cases.Account(new ConnectionState.NeedsSignIn(NeedsSignInReason.RefreshTokenEnded), "newer"),
                Cases.Account(new ConnectionState.NeedsSignIn(NeedsSignInReason.RefreshTokenEnded), "other") with { Since = Cases.Now.AddDays(-1) },
            ],
        };

        Assert.Equal(
            [(Cause.AccessEnded, "newer"), (Cause.AccessEnded, "other"), (Cause.AccessRemoved, "older")],
            Diagnosis.Of(Problem.Disconnects, facts).Findings.Select(finding => (finding.Cause, finding.AccountId ?? "")));
    }

    [Fact]
    public void An_overdue_renewal_is_nobodys_fault_while_the_app_is_in_the_way()
    {
        var late = Cases.All[Cause.NotRenewing].Facts;

        Assert.Equal([Cause.SecretWrong], Diagnosis.Of(Problem.Disconnects, late with { TikTok = late.TikTok with { Keys = KeyCheck.Wrong } }).Findings.Select(finding => finding.Cause));
    }

    [Theory]
    [InlineData(Problem.Authorize)]
    [InlineData(Problem.Disconnects)]
    public void TikTok_that_answers_and_fails_is_not_told_as_out_of_reach(Problem problem)
    {
        var failing = Cases.All[Cause.TikTokFailing].Facts with { TikTok = Cases.Good.TikTok with { Keys = KeyCheck.Unknown } };
        Assert.Equal([Cause.TikTokFailing], Diagnosis.Of(problem, failing).Findings.Select(finding => finding.Cause));

        var away = failing with { TikTok = failing.TikTok with { Reach = Reach.TimedOut } };
        Assert.Equal([Cause.SiteUnreachable], Diagnosis.Of(problem, away).Findings.Select(finding => finding.Cause));
        Assert.Empty(Diagnosis.Of(problem, away with { TikTok = away.TikTok with { Reach = Reach.NotAsked } }).Findings);
    }

    [Fact]
    public void A_window_is_not_kept_shut_by_an_API_that_fails_but_whoever_looks_is_told()
    {
        var diagnosis = Diagnosis.Of(Problem.Popup, Cases.All[Cause.TikTokFailing].Facts);

        Assert.Equal((Cause.TikTokFailing, Certainty.Note), (Assert.Single(diagnosis.Findings).Cause, diagnosis.Findings[0].Certainty));
        Assert.False(diagnosis.IsExplained);
    }

    [Theory]
    [InlineData("invalid_client", KeyCheck.Wrong)]
    [InlineData("invalid_client", KeyCheck.Right)]
    [InlineData("key-missing", KeyCheck.Right)]
    [InlineData("tiktok-unavailable", KeyCheck.Unknown)]
    [InlineData("refused-by-many", KeyCheck.Right)]
    public void What_is_in_everybodys_way_is_not_told_again_for_each_account(string incident, KeyCheck keys)
    {
        var delayed = Cases.All[Cause.RenewalsDelayed].Facts;

        var findings = Diagnosis.Of(Problem.Disconnects, delayed with { Incidents = [new(incident, Cases.Now, null)], TikTok = delayed.TikTok with { Keys = keys } }).Findings;

        Assert.Null(Assert.Single(findings).AccountId);
    }

    [Fact]
    public void A_limit_on_posts_explains_no_renewal_that_fails() => Assert.Contains(
        Diagnosis.Of(Problem.Disconnects, Cases.All[Cause.UserCap].Facts with { Accounts = Cases.All[Cause.RenewalsDelayed].Facts.Accounts }).Findings, finding => finding.Cause is Cause.RenewalsDelayed);

    [Fact]
    public void The_report_names_causes_and_references_and_nobody()
    {
        var facts = Cases.Good with { Accounts = [Cases.Account(new ConnectionState.NeedsSignIn(NeedsSignInReason.AccessRemoved)) with { LogId = "log-7" }], Attempts = Cases.All[Cause.OtherAccount].Facts.Attempts };

        var report = TroubleReport.Of(Diagnosis.Of(Problem.Disconnects, facts), facts, "A browser\nInjected: line");

        Assert.Contains("Found: AccessRemoved, connection a, log_id log-7", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Bruno", report, StringComparison.Ordinal);
        Assert.DoesNotContain("\nInjected", report, StringComparison.Ordinal);
    }
}
