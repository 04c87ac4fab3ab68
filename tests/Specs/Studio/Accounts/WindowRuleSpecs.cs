using Holdfast.Studio.Accounts.Connect;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>O6: what has become of a window, from how far it came.</summary>
public sealed class WindowRuleSpecs
{
    private static readonly DateTimeOffset Begun = DateTimeOffset.FromUnixTimeSeconds(1_793_491_200);
    private static readonly ConnectAttempt Reached = new() { Status = AttemptStatus.Waiting, ReachedAt = Begun };
    private static readonly ConnectAttempt Sent = Reached with { SentAt = Begun.AddSeconds(1) };

    [Fact, Trait("scenario", "O6")]
    public void O6_a_window_that_was_refused_and_one_that_stayed_empty_are_two_things()
    {
        var unopened = new ConnectAttempt { Status = AttemptStatus.NotOpened };
        Assert.Equal(WindowTrouble.Blocked, After(0, unopened with { Error = "blocked" }));
        Assert.Equal(WindowTrouble.Blank, After(0, unopened with { Error = "blank" }));
    }

    [Fact, Trait("scenario", "O6")]
    public void O6_a_start_page_that_was_fetched_and_never_ran_is_an_empty_window()
    {
        Assert.Equal(WindowTrouble.None, After(7, Reached));
        Assert.Equal(WindowTrouble.Blank, After(8, Reached));
    }

    [Fact, Trait("scenario", "O6")]
    public void O6_a_page_that_stands_where_it_should_have_left_or_a_tiktok_out_of_reach_is_something_in_between()
    {
        Assert.Equal(WindowTrouble.Extension, After(10, Sent with { StuckAt = Begun.AddSeconds(9) }));
        Assert.Equal(WindowTrouble.Extension, After(6, Sent with { UnreachableAt = Begun.AddSeconds(5) }));
    }

    [Fact, Trait("scenario", "O6")]
    public void O6_silence_becomes_a_question_only_after_the_time_a_sign_in_takes()
    {
        Assert.Equal(WindowTrouble.None, After(45, Sent));
        Assert.Equal(WindowTrouble.Quiet, After(46, Sent));
    }

    [Theory, Trait("scenario", "O6")]
    [InlineData(AttemptStatus.Exchanging)]
    [InlineData(AttemptStatus.Connected)]
    [InlineData(AttemptStatus.Cancelled)]
    public void O6_an_attempt_that_was_answered_has_no_trouble_with_its_window(string status) =>
        Assert.Equal(WindowTrouble.None, After(3600, Sent with { Status = status, StuckAt = Begun, UnreachableAt = Begun }));

    private static WindowTrouble After(int seconds, ConnectAttempt attempt) => WindowRule.TroubleOf(attempt, Begun.AddSeconds(seconds));
}
