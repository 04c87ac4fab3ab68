using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Notices.Hooks;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>Scenario N6: a member's own server, down for a day.</summary>
public sealed class HookSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task N6_a_server_that_was_down_for_a_day_gets_it_when_it_is_back_and_can_have_it_again(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var hooks = studio.Studio.Get<HookStore>();
        var secret = await hooks.SetAsync(studio.Workspace, studio.Studio.Owner, "https://maren.example.test/hook");
        studio.Calls.Problem = "503";
        await studio.LoseAsync(await studio.ConnectAsync());

        await studio.WorkForAsync(TimeSpan.FromDays(1), TimeSpan.FromMinutes(10));
        var hook = await hooks.FindAsync(studio.Workspace, studio.Studio.Owner);
        var line = Assert.Single(await hooks.ListAsync(studio.Workspace, hook!.Id, 10));
        Assert.Equal(("503", null), (line.Problem, line.DoneAt));
        Assert.InRange(studio.Calls.Tried.Count, 8, 20);
        studio.Calls.Problem = null;
        await studio.WorkForAsync(TimeSpan.FromHours(7), TimeSpan.FromMinutes(30));
        Assert.True(await hooks.SendAgainAsync(studio.Workspace, studio.Studio.Owner, line.DeliveryId));
        Assert.False(await hooks.SendAgainAsync(studio.Workspace, await studio.JonasIdAsync(), line.DeliveryId)); // not his
        await studio.WorkForAsync(TimeSpan.FromHours(7), TimeSpan.FromMinutes(30));

        Assert.Equal(2, studio.Calls.Taken.Count);
        Assert.Single(studio.Calls.Tried.Select(call => call.DeliveryId).Distinct());
        var taken = studio.Calls.Taken[^1];
        var parts = taken.Signature.Split(',', '=');
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{parts[1]}.{taken.Body}")));
        Assert.Equal(("t", "s", expected), (parts[0], parts[2], parts[3]));
        Assert.Equal(studio.Calls.Tried.Last().DeliveryId, (string?)taken.Json["delivery"]);
        Assert.InRange(long.Parse(parts[1], CultureInfo.InvariantCulture), studio.Clock.GetUtcNow().AddHours(-8).ToUnixTimeSeconds(), studio.Clock.GetUtcNow().ToUnixTimeSeconds());
    }

    [Fact]
    public async Task N6_after_five_days_a_server_is_given_up_and_the_line_stays_to_be_sent_again()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        var hooks = studio.Studio.Get<HookStore>();
        await hooks.SetAsync(studio.Workspace, studio.Studio.Owner, "https://maren.example.test/hook");
        studio.Calls.Problem = "TimedOut";
        await studio.LoseAsync(await studio.ConnectAsync());

        await studio.WorkForAsync(TimeSpan.FromDays(6), TimeSpan.FromHours(1));

        var line = Assert.Single(await hooks.ListAsync(studio.Workspace, (await hooks.FindAsync(studio.Workspace, studio.Studio.Owner))!.Id, 10));
        Assert.Equal((null, "TimedOut"), (line.NextTryAt, line.Problem));
        studio.Calls.Problem = null;
        await hooks.SendAgainAsync(studio.Workspace, studio.Studio.Owner, line.DeliveryId);
        await studio.WorkAsync();
        Assert.Single(studio.Calls.Taken);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_server_that_is_down_keeps_no_other_members_waiting_with_what_it_did_not_take(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var hooks = studio.Studio.Get<HookStore>();
        studio.Calls.Down = "https://maren.example.test/hook";
        await hooks.SetAsync(studio.Workspace, studio.Studio.Owner, studio.Calls.Down);
        for (var i = 0; i < 6; i++)
            await AddAsync($"before:{i}");
        await studio.WorkAsync();
        await hooks.SetAsync(studio.Workspace, await studio.JonasIdAsync(), "https://jonas.example.test/hook");
        studio.Clock.Advance(TimeSpan.FromHours(1)); // all six are due again
        await AddAsync("news");
        await studio.Studio.Get<TellDue>().RunDueAsync(CancellationToken.None);

        await studio.Studio.Get<CallHooks>().RunDueAsync(CancellationToken.None);
        await studio.Studio.Get<CallHooks>().RunDueAsync(CancellationToken.None);

        Assert.Equal("https://jonas.example.test/hook", Assert.Single(studio.Calls.Taken).Url);

        Task AddAsync(string key) => studio.Database.WriteAsync(session => studio.Studio.Get<NoticeQueue>().AddAsync(session, new NewNotice(studio.Workspace, Occasion.PostFailed, key) { Cause = "spam_risk" }));
    }

    [Fact]
    public async Task Another_address_gets_nothing_that_was_meant_for_the_former_and_its_secret_is_sealed()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        var hooks = studio.Studio.Get<HookStore>();
        await hooks.SetAsync(studio.Workspace, studio.Studio.Owner, "https://former.example.test/hook");
        studio.Calls.Problem = "503";
        await studio.LoseAsync(await studio.ConnectAsync());
        await studio.WorkAsync();

        var secret = await hooks.SetAsync(studio.Workspace, studio.Studio.Owner, "https://maren.example.test/hook");
        studio.Calls.Problem = null;
        await studio.WorkForAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(10));

        Assert.Empty(studio.Calls.Taken);
        var stored = await studio.Database.ReadAsync(session => session.FirstAsync<byte[]>("select secret from notice_hook"));
        Assert.DoesNotContain(secret, Encoding.Latin1.GetString(stored!), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, $"{new HookClaim { Id = "1", Url = "https://x", Secret = Encoding.UTF8.GetBytes(secret) }}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 9, 10)]
    [InlineData(4, 13.5 * 60, 15 * 60)]
    [InlineData(40, 5.4 * 3600, 6 * 3600)]
    public void Tries_come_ever_more_slowly_and_end_after_five_days(long tries, double soonest, double latest)
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(1);
        Assert.Equal(soonest, (HookRule.NextAfter(tries, now, now, 1)!.Value - now).TotalSeconds, 3);
        Assert.Equal(latest, (HookRule.NextAfter(tries, now, now, 0)!.Value - now).TotalSeconds, 3);
        Assert.Null(HookRule.NextAfter(tries, now, now.AddDays(5), 0));
    }
}
