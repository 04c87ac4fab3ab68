using Holdfast.Domain.Connections;
using Holdfast.Specs.Storage;
using Holdfast.Specs.Studio.Accounts;
using Holdfast.Storage;
using Holdfast.Studio.Notices.Endings;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>Scenario O11: a sign-in that ends is told 30, 14, 7, 3 and 1 days before, each on its day, and not a day after somebody signed in again.</summary>
public sealed class EndingSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task O11_each_of_the_five_days_is_told_once_on_its_day_though_no_renewal_falls_on_it(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var id = await FixedEndAsync(studio, TimeSpan.FromDays(40));
        var end = studio.Clock.GetUtcNow().AddDays(40);
        var told = new List<(double DaysBefore, string Days)>();

        while (studio.Clock.GetUtcNow() < end)
        {
            studio.Clock.Advance(TimeSpan.FromHours(1));
            var before = studio.Mail.Taken.Count;
            await studio.WorkAsync();
            if (studio.Mail.Taken.Count > before)
                told.Add(((end - studio.Clock.GetUtcNow()).TotalDays, (await studio.Studio.RowAsync(id)).StateReason!));
        }

        Assert.Equal([(30, "30"), (14, "14"), (7, "7"), (3, "3"), (1, "1")], told);
        Assert.Equal(["30", "14", "7", "3", "1"], (await studio.ListAsync()).Reverse().Select(notice => Assert.Single(notice.FactList)));
        Assert.Single(await studio.ListAsync(onlyNew: true)); // the latest says all that the others said
        Assert.Equal("ending-soon", (await studio.Studio.RowAsync(id)).State);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task O11_of_the_days_slept_through_only_the_nearest_is_told(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await FixedEndAsync(studio, TimeSpan.FromDays(40));

        studio.Clock.Advance(TimeSpan.FromDays(34.5));
        await studio.WorkAsync();
        await studio.WorkAsync();

        Assert.Equal(["7"], (await studio.ListAsync()).Select(notice => Assert.Single(notice.FactList)));
        Assert.Contains("ends in 7 days", Assert.Single(studio.Mail.Taken).Subject, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task O11_after_signing_in_again_no_day_is_told_and_what_was_not_delivered_is_withdrawn(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var id = await FixedEndAsync(studio, TimeSpan.FromDays(40));
        studio.Mail.Answer = _ => new Holdfast.People.Letters.SmtpOutcome.Unknown("down");
        studio.Clock.Advance(TimeSpan.FromDays(26.5));
        await studio.WorkAsync();

        studio.Studio.TikTok.RefreshLifetime = TimeSpan.FromDays(365);
        await studio.ConnectAsync(reconnect: id);
        studio.Mail.Answer = _ => null;
        await studio.WorkForAsync(TimeSpan.FromDays(20), TimeSpan.FromHours(6));

        Assert.Empty(studio.Mail.Taken);
        Assert.Single(await studio.ListAsync());
        Assert.Empty(await studio.ListAsync(onlyNew: true));
        Assert.Equal("live", (await studio.Studio.RowAsync(id)).State);
    }

    [Fact]
    public async Task O11_a_renewal_that_does_not_move_the_end_tells_nobody_and_one_that_does_ends_the_warning()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        var id = await FixedEndAsync(studio, TimeSpan.FromDays(40));
        studio.Clock.Advance(TimeSpan.FromDays(15));
        await studio.WorkAsync();
        Assert.Equal("30", (await studio.Studio.RowAsync(id)).StateReason);

        studio.Studio.TikTok.RefreshLifetime = TimeSpan.FromDays(25);
        await RenewAsync(studio, id);
        await studio.WorkAsync();
        Assert.Equal(("ending-soon", "30"), ((await studio.Studio.RowAsync(id)).State, (await studio.Studio.RowAsync(id)).StateReason));
        Assert.Single(studio.Mail.Taken);

        studio.Studio.TikTok.RefreshLifetime = TimeSpan.FromDays(365);
        studio.Clock.Advance(TimeSpan.FromDays(1));
        await RenewAsync(studio, id);
        await studio.WorkAsync();
        Assert.Equal("live", (await studio.Studio.RowAsync(id)).State);
        Assert.Empty(await studio.ListAsync(onlyNew: true));
        Assert.Single(studio.Mail.Taken);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task O11_the_column_that_makes_a_day_due_agrees_with_the_rule_at_every_edge(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var id = await studio.ConnectAsync();
        var end = studio.Clock.GetUtcNow().AddDays(100);
        foreach (var (state, reason) in new (string, string?)[] { ("live", null), ("connecting", null), ("ending-soon", "30"), ("ending-soon", "14"), ("ending-soon", "7"), ("ending-soon", "3"), ("ending-soon", "1"), ("needs-sign-in", "AccessRemoved"), ("disconnected", "Maren") })
        {
            var due = await studio.Database.WriteAsync(async session =>
            {
                await session.RunAsync("update connection set state = @state, state_reason = @reason, refresh_ends_at = @end where id = @id", new { id, state, reason, end });
                return await session.FirstAsync<long?>("select ending_at from connection where id = @id", new { id });
            });
            var connection = (await studio.Studio.RowAsync(id)).ToDomain();
            var at = due is { } millis ? DateTimeOffset.FromUnixTimeMilliseconds(millis) : end.AddDays(1);
            Assert.True(due is null || connection.AsTimePasses(at).Notice is not null, $"{state} {reason} is due and has nothing to tell");
            Assert.Null(connection.AsTimePasses(at.AddMilliseconds(-1)).Notice);
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task O11_an_account_whose_end_cannot_be_told_keeps_no_other_account_waiting(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var broken = await FixedEndAsync(studio, TimeSpan.FromDays(39));
        studio.Studio.TikTok.RefreshLifetime = TimeSpan.FromDays(40);
        await studio.Studio.ConnectAsync(new FakeAccount("open-bruno", "bruno"));
        await studio.Database.WriteAsync(session => session.RunAsync("update connection set removal_told = 'OfANewerVersion' where id = @broken", new { broken }));
        var due = studio.Studio.Get<EndingDue>();
        studio.Clock.Advance(TimeSpan.FromDays(10.5));

        Assert.True(await due.RunDueAsync(CancellationToken.None));
        Assert.True(await due.RunDueAsync(CancellationToken.None));
        Assert.False(await due.RunDueAsync(CancellationToken.None));

        Assert.Equal(["30"], (await studio.ListAsync()).Select(notice => Assert.Single(notice.FactList)));
        await studio.Database.WriteAsync(session => session.RunAsync("update connection set removal_told = null where id = @broken", new { broken }));
        studio.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(await due.RunDueAsync(CancellationToken.None));
        Assert.Equal(2, (await studio.ListAsync()).Count);
    }

    private static async Task<string> FixedEndAsync(NoticesUnderTest studio, TimeSpan lifetime)
    {
        studio.Studio.TikTok.RefreshLifetime = lifetime;
        return await studio.ConnectAsync();
    }

    private static async Task RenewAsync(NoticesUnderTest studio, string id)
    {
        await studio.Studio.AdvanceToRenewalAsync(id);
        await studio.Studio.RenewDueAsync();
    }
}
