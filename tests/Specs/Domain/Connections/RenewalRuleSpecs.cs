using FsCheck;
using FsCheck.Fluent;
using Holdfast.Domain.Connections;

namespace Holdfast.Specs.Domain.Connections;

public sealed class RenewalRuleSpecs
{
    private static readonly DateTimeOffset Granted = DateTimeOffset.Parse("2026-11-22T09:00:00Z");

    [Fact, Trait("scenario", "R15"), Trait("scenario", "R17")]
    public void Renewal_lies_between_half_and_four_fifths_of_whatever_lifetime_came_back() => Prop.ForAll(
        Lives(), Jitters(), Skews(), (life, jitter, skew) =>
        {
            var share = (RenewalRule.RenewAt(life, jitter, skew) - life.GrantedAt) / life.Lifetime;
            return share is >= 0.5 and <= 0.8;
        }).QuickCheckThrowOnFailure();

    [Fact, Trait("scenario", "R17")]
    public void Renewal_lies_after_the_grant_and_before_the_end_whatever_post_is_due() => Prop.ForAll(
        Lives(), Jitters(), Gen.Choose(-100_000, 100_000).ToArbitrary(), (life, jitter, seconds) =>
        {
            var at = RenewalRule.RenewAt(life, jitter, nextPostAt: life.GrantedAt.AddSeconds(seconds));
            return at > life.GrantedAt && at < life.AccessEndsAt;
        }).QuickCheckThrowOnFailure();

    [Theory, Trait("scenario", "R15")]
    [InlineData(600, 300, 480)]
    [InlineData(7_200, 3_600, 5_760)]
    [InlineData(86_400, 43_200, 69_120)]
    public void Chance_picks_within_the_window_of_the_returned_lifetime(int lifetime, int earliest, int latest)
    {
        var life = Life(lifetime);
        Assert.Equal(Granted.AddSeconds(earliest), RenewalRule.RenewAt(life, 0));
        Assert.Equal(Granted.AddSeconds(latest), RenewalRule.RenewAt(life, 1));
    }

    [Fact]
    public void A_post_that_would_outlive_the_token_pulls_the_renewal_before_itself()
    {
        var life = Life(1_800);
        var dueAt = Granted.AddMinutes(20);
        Assert.True(RenewalRule.RenewAt(life, 1) > dueAt);
        Assert.InRange(RenewalRule.RenewAt(life, 1, nextPostAt: dueAt), Granted.AddMinutes(15), dueAt.AddSeconds(-1));
    }

    [Fact]
    public void A_post_that_ends_before_the_token_does_moves_nothing() =>
        Assert.Equal(RenewalRule.RenewAt(Life(7_200), 1), RenewalRule.RenewAt(Life(7_200), 1, nextPostAt: Granted.AddMinutes(70)));

    [Fact, Trait("scenario", "R18")]
    public void A_clock_ten_minutes_off_renews_ten_minutes_before_the_end_and_earns_a_warning()
    {
        var wrong = TimeSpan.FromMinutes(-10);
        Assert.True(RenewalRule.RenewAt(Life(1_500), 1, wrong) <= Granted.AddSeconds(1_500 - 600));
        Assert.True(RenewalRule.IsWorrying(wrong));
        Assert.False(RenewalRule.IsWorrying(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void An_absurd_lifetime_does_not_make_us_renew_in_a_circle() =>
        Assert.Equal(TokenLife.Shortest, TokenLife.From(Granted, TimeSpan.Zero, null).Lifetime);

    [Fact]
    public void A_missing_refresh_lifetime_leaves_the_known_end()
    {
        var known = Granted.AddDays(90);
        Assert.Equal(known, TokenLife.From(Granted, TimeSpan.FromHours(2), null, known).RefreshEndsAt);
        Assert.Equal(known, TokenLife.From(Granted, TimeSpan.FromHours(2), TimeSpan.Zero, known).RefreshEndsAt);
        Assert.Null(TokenLife.From(Granted, TimeSpan.FromHours(2), null).RefreshEndsAt);
    }

    [Theory]
    [InlineData(31, null)]
    [InlineData(30, 30)]
    [InlineData(15, 30)]
    [InlineData(14, 14)]
    [InlineData(6, 7)]
    [InlineData(3, 3)]
    [InlineData(1, 1)]
    [InlineData(-1, 1)]
    [Trait("scenario", "O11")]
    public void The_end_of_a_refresh_token_is_told_in_five_steps(int days, int? told) =>
        Assert.Equal(told, EndingRule.DaysLeft(Granted.AddDays(days), Granted));

    private static TokenLife Life(int seconds) => TokenLife.From(Granted, TimeSpan.FromSeconds(seconds), null);
    private static Arbitrary<TokenLife> Lives() => Gen.Choose(60, 40_000_000).Select(Life).ToArbitrary();
    private static Arbitrary<double> Jitters() => Gen.Choose(0, 1_000).Select(thousandths => thousandths / 1_000.0).ToArbitrary();
    private static Arbitrary<TimeSpan> Skews() => Gen.Choose(-3_600, 3_600).Select(seconds => TimeSpan.FromSeconds(seconds)).ToArbitrary();
}
