using Holdfast.Domain.Connections;
using Holdfast.Studio.Accounts.KeepAlive;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenario R18: a host clock that is wrong, or jumps.</summary>
public sealed class ClockSpecs
{
    private static readonly FakeAccount Ada = new("open-ada", "Ada");

    [Theory, Trait("scenario", "R18")]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task R18_a_clock_ten_minutes_wrong_is_kept_and_warned_of_and_the_renewal_still_comes_before_the_end(int minutes)
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        studio.TikTok.AccessLifetime = TimeSpan.FromHours(2);
        Dated(studio, TimeSpan.FromMinutes(minutes));
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        await studio.RenewDueAsync();

        Assert.Equal(TimeSpan.FromMinutes(minutes), (await studio.Get<ClockStore>().FindAsync())!.Skew);
        Assert.Equal(Incident.ClockIsOff, Assert.Single(await studio.Get<IncidentStore>().OpenAsync()).Cause);
        var row = await studio.RowAsync(id);
        Assert.True(row.RenewAt <= row.AccessEndsAt - TimeSpan.FromMinutes(10));

        Dated(studio, TimeSpan.Zero);
        await studio.AdvanceToRenewalAsync(id);
        await studio.RenewDueAsync();
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
        Assert.False((await studio.Get<ClockStore>().FindAsync())!.IsWorrying);
    }

    [Fact, Trait("scenario", "R18")]
    public async Task R18_a_clock_that_is_right_is_written_down_once_an_hour_at_the_most()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        Dated(studio, TimeSpan.Zero);
        var clocks = studio.Get<ClockStore>();
        await clocks.NoteAsync(TimeSpan.Zero);
        var seenAt = (await clocks.FindAsync())!.SeenAt;
        studio.Clock.Advance(TimeSpan.FromMinutes(59));
        await clocks.NoteAsync(TimeSpan.FromSeconds(-1));
        Assert.Equal(seenAt, (await clocks.FindAsync())!.SeenAt);
        studio.Clock.Advance(TimeSpan.FromMinutes(2));
        await clocks.NoteAsync(TimeSpan.Zero);
        Assert.NotEqual(seenAt, (await clocks.FindAsync())!.SeenAt);
    }

    [Fact, Trait("scenario", "R18"), Trait("scenario", "R10")]
    public async Task R18_a_clock_set_forward_while_a_renewal_is_out_begins_no_second_one()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        RenewalClaim? meanwhile = null;
        studio.TikTok.Fault = async (path, _, normal) =>
        {
            studio.TikTok.Fault = null;
            studio.Clock.Advance(TimeSpan.FromHours(1)); // far past the lease
            meanwhile = await studio.Renewals.ClaimDueAsync(CancellationToken.None) ?? await studio.Renewals.ClaimAsync(id, (await studio.RowAsync(id)).GrantedAt, CancellationToken.None);
            return normal();
        };

        await studio.Get<RenewDue>().RunDueAsync(CancellationToken.None);

        Assert.Null(meanwhile);
        Assert.Equal(1, studio.TikTok.Renewals);
        Assert.True(studio.TikTok.IsAlive(await studio.StoredAccessTokenAsync(id)));
    }

    [Fact, Trait("scenario", "R18")]
    public async Task R18_a_clock_set_back_by_a_day_leaves_nobody_waiting_for_an_instant_of_before()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        await StormSpecs.ConnectAsync(studio, 6);
        await StormSpecs.BreakAsync(studio);
        var calls = studio.TikTok.Renewals;

        // Set back by an hour, and found silent still: the next try waits for no instant of before.
        studio.Clock.Advance(-TimeSpan.FromHours(1));
        await studio.Database.WriteAsync(session => session.RunAsync("update connection set renew_at = @now, lease_until = 0", new { now = studio.Clock.GetUtcNow() }));
        studio.TikTok.Fault = null;
        await studio.RenewDueAsync();

        Assert.True(studio.TikTok.Renewals > calls);
        Assert.False((await studio.Get<BreakerStore>().ReadAsync(Lane.Tokens)).IsOpen);
    }

    private static void Dated(StudioUnderTest studio, TimeSpan off) => studio.TikTok.Fault = (path, _, normal) =>
    {
        var answer = normal();
        if (path == "/v2/oauth/token/")
            answer.Headers.Date = studio.Clock.GetUtcNow() + off;
        return Task.FromResult<HttpResponseMessage?>(answer);
    };
}
