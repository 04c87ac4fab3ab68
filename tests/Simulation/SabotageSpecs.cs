using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>Each of these breaks one guard on purpose. A world that still looked well would mean that nobody watches that promise.</summary>
public sealed class SabotageSpecs
{
    private static readonly WorldSettings Small = Months.Forgiving(31) with { Days = 3, Accounts = 4, PostsAMonth = 15, CrashRate = 0.0004, TroubleEvery = TimeSpan.FromDays(1), Outages = [], ConnectedWithin = TimeSpan.FromHours(1) };

    [Fact]
    public void Left_alone_this_world_keeps_every_promise() => Assert.Empty(Broken(Small, _ => { }));

    [Fact]
    public void Nodes_that_stand_still_in_the_middle_of_renewals_break_nothing() => Assert.Empty(Broken(Small with { FaultRate = 0.1 }, Sabotage.StandStillWhileRenewing));

    [Fact]
    public void Reading_a_passing_error_as_a_refusal_is_caught() => Catches("without a removal", Small with { FaultRate = 0.1 }, Sabotage.PassingErrorsAreRefusals);

    [Fact]
    public void Saving_the_new_pair_late_is_caught() => Catches(" ends, ", Small with { CrashRate = 0, Dialect = Dialect.Default, Pairs = LostPairs.Spared }, Sabotage.PairsAreSavedLate);

    [Fact]
    public void Starting_over_after_an_unknown_result_is_caught() => Catches("went out", Small with { FaultRate = 0.25, PostsAMonth = 90 }, Sabotage.UnknownInitsAreRepeated);

    [Fact]
    public void Renewing_without_a_claim_is_caught() => Catches("two renewals in flight", Small with { FaultRate = 0.3 }, Sabotage.NothingIsClaimed);

    [Fact]
    public void A_late_finisher_that_no_fence_keeps_out_is_caught() => Catches("long since replaced", Small with { FaultRate = 0.1 }, Sabotage.ClaimsAreNotFenced);

    [Fact]
    public void Renewing_from_a_row_that_was_not_read_again_is_caught() => Catches("long since replaced", Small, Sabotage.RowsAreNotReadAgain);

    [Fact]
    public void A_notice_that_goes_out_twice_is_caught() => Catches("went out", Small, Sabotage.NoticesGoOutTwice);

    [Fact]
    public void A_notice_that_gets_lost_is_caught() => Catches("was told of 0", Small, Sabotage.NoticesGetLost);

    [Fact]
    public void A_post_that_goes_out_later_than_its_team_allows_is_caught() => Catches("though nobody was asked", Small with { PostsAMonth = 60, Days = 6, Accounts = 5 }, Sabotage.LateRuleIsIgnored);

    [Fact]
    public void A_held_post_that_is_resumed_twice_is_caught() => Catches("went out 2 times", Small with { PostsAMonth = 60, Days = 8, Accounts = 8 }, Sabotage.HeldPostsResumeTwice);

    [Fact]
    public void A_post_whose_timer_is_lost_is_caught() => Catches("and is Scheduled", Small, Sabotage.PostsAreForgotten);

    [Fact]
    public void A_hold_for_a_reason_that_is_not_so_is_caught() => Catches("and is Held NeedsSignIn", Small, Sabotage.HoldsAreMadeUp);

    [Fact]
    public void An_end_that_the_token_endpoint_never_asked_for_is_caught() => Catches("without a removal", Small, Sabotage.EndsAreMadeUp);

    [Fact]
    public void A_removal_from_before_the_sign_in_that_is_believed_is_caught() => Catches(" ends, ", Small with { Days = 6, Accounts = 5 }, Sabotage.OldRemovalsAreBelieved);

    [Fact]
    public void A_token_in_a_log_line_is_caught() => Catches("a secret stands in a log line", Small with { Days = 1 }, Sabotage.TokensAreLogged);

    private static void Catches(string what, WorldSettings settings, Action<Month> sabotage) =>
        Assert.Contains(Broken(settings, sabotage), broken => broken.Contains(what, StringComparison.Ordinal));

    private static IReadOnlyList<string> Broken(WorldSettings settings, Action<Month> sabotage)
    {
        using var month = new Month(settings, sabotage);
        return month.Run().Broken;
    }
}
