using Holdfast.Domain.Connections;

namespace Holdfast.Specs.Domain.Connections;

public sealed class BreakerSpecs
{
    private static readonly DateTimeOffset T0 = DateTimeOffset.Parse("2026-11-26T09:00:00Z");

    [Fact, Trait("scenario", "R20")]
    public void Five_different_accounts_failing_in_a_row_open_it_at_once()
    {
        var four = Failed(new Breaker(), 4);
        Assert.False(four.IsOpen);
        Assert.True(four.AfterFailure("c5", T0, 0).IsOpen);
    }

    [Fact, Trait("scenario", "R20")]
    public void An_answer_in_between_begins_the_count_anew()
    {
        var answered = Failed(new Breaker(), 4).AfterAnswer(T0);
        Assert.Null(answered.FailingSince);
        Assert.False(Failed(answered, 4).IsOpen);
    }

    [Fact, Trait("scenario", "R20")]
    public void One_account_alone_opens_it_after_minutes_and_only_where_nobody_was_answered_lately()
    {
        Assert.True(Alone(new Breaker()).IsOpen);
        Assert.False(Alone(new Breaker().AfterAnswer(T0.AddMinutes(-20))).IsOpen);
        Assert.True(Alone(new Breaker().AfterAnswer(T0.AddHours(-2))).IsOpen);
        Assert.True(Alone(new Breaker().AfterAnswer(T0.AddMinutes(-20)), isOnly: true).IsOpen);
    }

    [Fact]
    public void Failures_hours_apart_are_no_run()
    {
        var breaker = new Breaker();
        for (var hour = 0; hour < 10; hour++)
            breaker = breaker.AfterFailure($"c{hour}", T0.AddHours(hour), 0);
        Assert.False(breaker.IsOpen);
    }

    [Fact, Trait("scenario", "R20")]
    public void Open_it_lets_one_try_at_a_time_ever_more_rarely_and_never_rarer_than_two_minutes()
    {
        var (breaker, now, waits) = (Failed(new Breaker(), 5), T0, new List<double>());
        for (var i = 0; i < 6; i++)
        {
            var until = breaker.HeldUntil(now)!.Value;
            waits.Add((until - now).TotalSeconds);
            Assert.NotNull(breaker.HeldUntil(until.AddMilliseconds(-1)));
            Assert.Null(breaker.HeldUntil(until));
            now = until;
            breaker = breaker.AfterFailure("c1", now, 0, wasProbe: true);
        }
        Assert.Equal([15, 15, 30, 60, 120, 120], waits);
        // Others that were under way when it opened make nobody wait longer.
        Assert.Equal(breaker.ProbeAt, breaker.AfterFailure("c2", now.AddSeconds(1), 0).ProbeAt);
    }

    [Fact, Trait("scenario", "R20")]
    public void The_first_answer_closes_it()
    {
        var closed = Failed(new Breaker(), 5).AfterAnswer(T0.AddHours(2));
        Assert.False(closed.IsOpen);
        Assert.Null(closed.HeldUntil(T0.AddHours(2)));
    }

    [Fact, Trait("scenario", "R3")]
    public void Retry_After_quiets_everybody_for_a_quarter_of_an_hour_at_most()
    {
        Assert.Equal(T0.AddSeconds(90), new Breaker().AfterFailure("c1", T0, 0, TimeSpan.FromSeconds(90)).HeldUntil(T0));
        Assert.Equal(T0.AddMinutes(15), new Breaker().AfterFailure("c1", T0, 0, TimeSpan.FromDays(1)).HeldUntil(T0));
    }

    [Fact]
    public void An_answer_that_was_asked_for_earlier_does_not_take_Retry_After_back()
    {
        var told = new Breaker().AfterFailure("c1", T0, 0, TimeSpan.FromMinutes(1));
        Assert.Equal(T0.AddMinutes(1), told.AfterAnswer(T0.AddSeconds(1)).HeldUntil(T0.AddSeconds(1)));
        Assert.Null(told.AfterAnswer(T0.AddMinutes(2)).QuietUntil);
        Assert.Equal(told.AfterAnswer(T0.AddSeconds(1)), told.AfterAnswer(T0.AddSeconds(1)).AfterAnswer(T0.AddSeconds(2))); // nothing to write
    }

    [Fact, Trait("scenario", "R18")]
    public void A_clock_set_back_by_a_day_keeps_nobody_waiting_for_a_day()
    {
        var open = Failed(new Breaker(), 5);
        Assert.NotNull(open.HeldUntil(T0));
        Assert.Null(open.HeldUntil(T0.AddDays(-1)));
        Assert.Null(new Breaker().AfterFailure("c1", T0, 0, TimeSpan.FromMinutes(10)).HeldUntil(T0.AddDays(-1)));
    }

    [Fact]
    public void A_healthy_day_changes_nothing_that_would_have_to_be_written()
    {
        var well = new Breaker().AfterAnswer(T0);
        Assert.Same(well, well.AfterAnswer(T0.AddMinutes(9)));
        Assert.NotEqual(well, well.AfterAnswer(T0.AddMinutes(10)));
    }

    [Fact, Trait("scenario", "R17")]
    public void The_pace_spreads_by_chance_around_an_even_step()
    {
        var pace = new Pace(60);
        Assert.Equal(TimeSpan.FromSeconds(0.5), pace.Step(0));
        Assert.Equal(TimeSpan.FromSeconds(1.5), pace.Step(1));
    }

    [Theory, Trait("scenario", "R18")]
    [InlineData(0, 1, false)]
    [InlineData(0, 6, true)]
    [InlineData(119, 121, true)]
    [InlineData(600, 601, false)]
    public void Only_a_skew_that_says_something_new_is_kept(int known, int seen, bool isNews) =>
        Assert.Equal(isNews, new KnownSkew(TimeSpan.FromSeconds(known), T0).IsNews(TimeSpan.FromSeconds(seen), T0.AddMinutes(5)));

    private static Breaker Failed(Breaker breaker, int accounts)
    {
        for (var i = 1; i <= accounts; i++)
            breaker = breaker.AfterFailure($"c{i}", T0, 0);
        return breaker;
    }

    private static Breaker Alone(Breaker breaker, bool isOnly = false)
    {
        foreach (var minute in (int[])[0, 1, 3, 6])
            breaker = breaker.AfterFailure("c1", T0.AddMinutes(minute), 0, isOnly: isOnly);
        return breaker;
    }
}
