using FsCheck;
using FsCheck.Fluent;
using Holdfast.Domain.Quotas;

namespace Holdfast.Specs.Domain.Quotas;

public sealed class QuotaSpecs
{
    private static readonly DateTimeOffset T0 = DateTimeOffset.Parse("2026-11-22T09:00:00Z");

    [Fact, Trait("scenario", "P14")]
    public void The_seventh_init_of_a_minute_waits_for_the_first_to_leave_the_window()
    {
        DateTimeOffset[] uses = [.. Enumerable.Range(0, 6).Select(second => T0.AddSeconds(second))];
        Assert.Equal(T0.AddSeconds(60), Quota.Init.NextAllowedAt(uses, T0.AddSeconds(10)));
        Assert.Equal(T0.AddSeconds(60), Quota.Init.NextAllowedAt(uses, T0.AddSeconds(60)));
        Assert.Equal((0, 1), (Quota.Init.Left(uses, T0.AddSeconds(59)), Quota.Init.Left(uses, T0.AddSeconds(60))));
        Assert.Equal(T0.AddSeconds(10), Quota.Init.NextAllowedAt(uses.Skip(1), T0.AddSeconds(10)));
    }

    [Fact]
    public void Whoever_waits_until_allowed_never_exceeds_the_limit_in_any_window() => Prop.ForAll(
        Gen.Choose(0, 40_000).ListOf(60).Select(waits => waits.ToArray()).ToArbitrary(), waits =>
        {
            var (uses, now) = (new List<DateTimeOffset>(), T0);
            foreach (var wait in waits)
            {
                now = Quota.CreatorInfo.NextAllowedAt(uses, now.AddMilliseconds(wait / 20));
                uses.Add(now);
            }

            return uses.All(end => uses.Count(use => use > end - Quota.CreatorInfo.Window && use <= end) <= Quota.CreatorInfo.Limit);
        }).QuickCheckThrowOnFailure();

    [Fact, Trait("scenario", "P15")]
    public void The_calendar_knows_that_a_sixteenth_post_does_not_fit_anywhere_in_a_full_day()
    {
        DateTimeOffset[] planned = [.. Enumerable.Range(0, 15).Select(hour => T0.AddHours(hour))];
        Assert.False(Quota.Posts.HasRoom(planned, T0.AddHours(20)));
        Assert.False(Quota.Posts.HasRoom(planned, T0.AddHours(-5)));
        Assert.True(Quota.Posts.HasRoom(planned, T0.AddHours(24)));
        Assert.True(Quota.Posts.HasRoom(planned, T0.AddHours(-10)));
    }

    [Fact]
    public void A_sixth_account_waits_while_one_of_the_five_goes_on_posting()
    {
        (string, DateTimeOffset)[] uses = [.. Enumerable.Range(0, 5).Select(index => ($"account{index}", T0.AddHours(index))), ("account0", T0.AddHours(6))];
        Assert.Equal(T0.AddHours(7), Quota.UnauditedAccounts.NextAllowedAt(uses, "account3", T0.AddHours(7)));
        Assert.Equal(T0.AddHours(25), Quota.UnauditedAccounts.NextAllowedAt(uses, "account9", T0.AddHours(7)));
    }

    [Fact]
    public void The_limits_are_TikToks() => Assert.Equal(
        [(6, 1), (20, 1), (30, 1), (15, 1_440), (5, 1_440)],
        ((Quota[])[Quota.Init, Quota.CreatorInfo, Quota.Status, Quota.Posts, Quota.UnauditedAccounts]).Select(quota => (quota.Limit, (int)quota.Window.TotalMinutes)));
}
