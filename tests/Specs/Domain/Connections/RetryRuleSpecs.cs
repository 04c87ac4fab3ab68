using FsCheck;
using FsCheck.Fluent;
using Holdfast.Domain.Connections;

namespace Holdfast.Specs.Domain.Connections;

public sealed class RetryRuleSpecs
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-22T09:00:00Z");

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 60)]
    [InlineData(4, 480)]
    [InlineData(5, 900)]
    [InlineData(50, 900)]
    public void Renewals_back_off_by_doubling_up_to_a_quarter_of_an_hour(int failures, int seconds)
    {
        Assert.Equal(Now.AddSeconds(seconds), RetryRule.Renewal.NextAt(Now, failures, jitter: 0));
        Assert.Equal(Now.AddSeconds(seconds / 2.0), RetryRule.Renewal.NextAt(Now, failures, jitter: 1));
    }

    [Theory, Trait("scenario", "P22")]
    [InlineData(0, 60)]
    [InlineData(1, 300)]
    [InlineData(2, 1_800)]
    [InlineData(9, 1_800)]
    public void Posts_back_off_in_exactly_three_steps(int failures, int seconds) =>
        Assert.Equal(Now.AddSeconds(seconds), RetryRule.Posting.NextAt(Now, failures, jitter: 1));

    [Fact]
    public void Nobody_comes_back_before_the_time_TikTok_asked_for() => Prop.ForAll(
        Gen.Choose(0, 20).ToArbitrary(), Gen.Choose(0, 7_200).ToArbitrary(), Gen.Choose(0, 7_200).ToArbitrary(), (failures, asked, left) =>
            RetryRule.Renewal.NextAt(Now, failures, 1, TimeSpan.FromSeconds(asked), Now.AddSeconds(left)) >= Now.AddSeconds(asked))
        .QuickCheckThrowOnFailure();

    [Fact]
    public void A_try_is_left_before_the_end_of_the_token_when_it_can_be() => Prop.ForAll(
        Gen.Choose(0, 20).ToArbitrary(), Gen.Choose(61, 86_400).ToArbitrary(), Gen.Choose(0, 100).ToArbitrary(), (failures, left, percent) =>
        {
            var at = RetryRule.Renewal.NextAt(Now, failures, percent / 100.0, endsAt: Now.AddSeconds(left));
            return at > Now && at <= Now.AddSeconds(left - 60);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_ended_token_does_not_make_us_hurry() =>
        Assert.Equal(Now.AddSeconds(120), RetryRule.Renewal.NextAt(Now, 2, endsAt: Now.AddSeconds(-5)));

    [Fact]
    public void A_Retry_After_of_a_year_is_taken_for_a_day() =>
        Assert.Equal(Now.AddDays(1), RetryRule.Renewal.NextAt(Now, 0, retryAfter: TimeSpan.FromDays(365)));
}
