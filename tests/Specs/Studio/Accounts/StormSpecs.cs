using Holdfast.Domain.Connections;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Tokens;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenarios R of failure-scenarios.md that concern all accounts at once: TikTok silent, or everything due in one hour.</summary>
public sealed class StormSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R16"), Trait("scenario", "R17")]
    public async Task R17_a_storm_of_due_renewals_leaves_at_the_pace_of_all_nodes_together_and_none_misses_its_end(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine, configure: At(60));
        await using var other = await StudioUnderTest.CreateAsync(engine, beside: studio, configure: At(60));
        await ConnectAsync(studio, 40);
        var ends = (await studio.Connections.ListAsync(studio.Workspace)).Min(row => row.AccessEndsAt);
        studio.Clock.Advance(TimeSpan.FromHours(23));
        var left = new List<DateTimeOffset>();
        studio.TikTok.Fault = (path, _, _) => { if (path == "/v2/oauth/token/") left.Add(studio.Clock.GetUtcNow()); return Nothing; };

        for (var second = 0; second < 120 && left.Count < 40; second++, studio.Clock.Advance(TimeSpan.FromSeconds(1)))
        {
            await (second % 2 == 0 ? studio : other).RenewDueAsync();
            await (second % 2 == 0 ? other : studio).RenewDueAsync();
        }

        Assert.Equal(40, left.Count);
        Assert.All(left, at => Assert.True(at < ends));
        // Sixty a minute is one a second, give or take by chance; a few may follow a quiet time at once.
        Assert.InRange((left[^1] - left[0]).TotalSeconds, 25, 60);
        Assert.InRange(left.Max(at => left.Count(other => other >= at && other < at + TimeSpan.FromSeconds(5))), 1, 14);
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R20")]
    public async Task R20_when_nothing_is_answered_one_renewal_at_a_time_tries_whichever_node_it_is_on(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        await using var other = await StudioUnderTest.CreateAsync(engine, beside: studio);
        await ConnectAsync(studio, 12);
        await BreakAsync(studio);
        Assert.Equal(Breaker.ManyAccounts, studio.TikTok.Renewals);

        await other.RenewDueAsync();
        Assert.Equal(Breaker.ManyAccounts, studio.TikTok.Renewals);

        studio.Clock.Advance(TimeSpan.FromSeconds(20));
        var claims = await Task.WhenAll(studio.Renewals.ClaimDueAsync(CancellationToken.None), other.Renewals.ClaimDueAsync(CancellationToken.None));
        var probe = Assert.Single(claims, claim => claim is not null)!;
        Assert.True(probe.IsProbe);
        await studio.Renewals.RunAsync(probe);
        await other.RenewDueAsync();
        Assert.Equal(Breaker.ManyAccounts + 1, studio.TikTok.Renewals);

        // A probe whose process died is free again when its lease is over.
        studio.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));
        Assert.Null(await other.Renewals.ClaimDueAsync(CancellationToken.None));
        studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));
        Assert.NotNull(await other.Renewals.ClaimDueAsync(CancellationToken.None));
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R20")]
    public async Task R20_the_first_answer_closes_it_and_those_that_waited_follow_at_the_pace(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine, configure: At(60));
        await ConnectAsync(studio, 30);
        await BreakAsync(studio);
        studio.Clock.Advance(TimeSpan.FromMinutes(20));
        await studio.RenewDueAsync();
        studio.TikTok.Fault = null;
        var before = studio.TikTok.Renewals;
        studio.Clock.Advance(TimeSpan.FromMinutes(3));

        await studio.RenewDueAsync();
        Assert.InRange(studio.TikTok.Renewals - before, 1, 3);
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
        for (var second = 0; second < 60; second++, studio.Clock.Advance(TimeSpan.FromSeconds(1)))
            await studio.RenewDueAsync();

        Assert.Equal(30, studio.TikTok.Renewals - before);
        Assert.All(await studio.Connections.ListAsync(studio.Workspace), row => Assert.Equal(("live", 0), (row.State, row.Failures)));
    }

    [Fact, Trait("scenario", "R20")]
    public async Task R20_whoever_needs_a_token_meanwhile_uses_it_up_and_then_hears_until_when_to_wait()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var ids = await ConnectAsync(studio, 8);
        await BreakAsync(studio);
        var calls = studio.TikTok.Renewals;
        var waiting = (await studio.Connections.ListAsync(studio.Workspace)).First(row => row.Failures == 0);

        Assert.IsType<AccessTokenAnswer.Usable>(await studio.Tokens.ForAsync(studio.Workspace, waiting.Id));
        var dead = Assert.IsType<AccessTokenAnswer.Usable>(await studio.Tokens.ForAsync(studio.Workspace, waiting.Id)).Token;
        var answer = Assert.IsType<AccessTokenAnswer.NotNow>(await studio.Tokens.RejectedAsync(waiting.Id, dead, "log"));
        Assert.True(answer.RetryAt > studio.Clock.GetUtcNow() && answer.RetryAt <= studio.Clock.GetUtcNow() + TimeSpan.FromMinutes(2));
        Assert.Equal(calls, studio.TikTok.Renewals);

        // Once somebody may try, the one who needs it may be the one who tries.
        studio.TikTok.Fault = null;
        studio.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.IsType<AccessTokenAnswer.Usable>(await studio.Tokens.RejectedAsync(waiting.Id, dead, "log"));
        Assert.False((await studio.Get<BreakerStore>().ReadAsync(Lane.Tokens)).IsOpen);
        Assert.Contains(waiting.Id, ids);
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R3")]
    public async Task R3_when_tiktok_asks_one_to_wait_nobody_asks_until_then(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        await ConnectAsync(studio, 4);
        studio.Clock.Advance(TimeSpan.FromHours(20));
        studio.TikTok.Fault = (path, _, _) =>
        {
            var busy = FakeTikTok.Json(429, "");
            busy.Headers.RetryAfter = new(TimeSpan.FromSeconds(90));
            return Task.FromResult<HttpResponseMessage?>(path == "/v2/oauth/token/" ? busy : null);
        };
        await studio.RenewDueAsync();
        studio.TikTok.Fault = null;
        Assert.Equal(1, studio.TikTok.Renewals);

        studio.Clock.Advance(TimeSpan.FromSeconds(89));
        await studio.RenewDueAsync();
        Assert.Equal(1, studio.TikTok.Renewals);
        studio.Clock.Advance(TimeSpan.FromSeconds(5));
        await studio.RenewDueAsync();
        Assert.Equal(5, studio.TikTok.Renewals);
    }

    [Fact, Trait("scenario", "R20")]
    public async Task R20_silence_is_noticed_while_no_renewal_is_due_and_ends_with_the_next_answer()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        await ConnectAsync(studio, 2);
        studio.TikTok.Fault = (_, _, _) => Task.FromResult<HttpResponseMessage?>(FakeTikTok.Json(503, ""));
        for (var minute = 0; minute < 10; minute++)
            await LookAsync(studio);
        var open = Assert.Single(await studio.Get<IncidentStore>().OpenAsync());
        Assert.Equal((Incident.TikTokUnavailable, 2), (open.Cause, open.Felt));
        Assert.Equal(0, studio.TikTok.Renewals);

        studio.TikTok.Fault = null;
        for (var minute = 0; minute < 20; minute++)
            await LookAsync(studio);
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    [Fact, Trait("scenario", "R24")]
    public async Task R24_a_process_that_knows_nothing_but_the_rows_renews_what_is_due()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(FakeAccount.Number(1));
        await studio.AdvanceToRenewalAsync(id);
        var renewed = new TaskCompletionSource();
        studio.TikTok.Fault = (path, _, normal) =>
        {
            var answer = normal();
            renewed.TrySetResult();
            return Task.FromResult<HttpResponseMessage?>(answer);
        };

        // Started anew, and nobody tells it anything: every signal there ever was is gone.
        await using var restarted = await StudioUnderTest.CreateAsync(beside: studio, start: true);
        await renewed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestClock.System);

        Assert.InRange(studio.TikTok.Renewals, 1, 1);
    }

    internal static async Task<List<string>> ConnectAsync(StudioUnderTest studio, int accounts)
    {
        var ids = new List<string>();
        for (var i = 0; i < accounts; i++)
            ids.Add(await studio.ConnectAsync(FakeAccount.Number(i)));
        return ids;
    }

    /// <summary>Everything is due, and TikTok falls silent.</summary>
    internal static async Task BreakAsync(StudioUnderTest studio)
    {
        studio.Clock.Advance(TimeSpan.FromHours(20));
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Task.FromResult<HttpResponseMessage?>(FakeTikTok.Json(503, "")) : Nothing;
        for (var second = 0; second < 10 && studio.TikTok.Renewals < Breaker.ManyAccounts; second++, studio.Clock.Advance(TimeSpan.FromSeconds(1)))
            await studio.RenewDueAsync();
        Assert.True((await studio.Get<BreakerStore>().ReadAsync(Lane.Tokens)).IsOpen);
    }

    private static async Task LookAsync(StudioUnderTest studio)
    {
        studio.Clock.Advance(TimeSpan.FromMinutes(1));
        while (await studio.Get<Holdfast.Studio.Accounts.Profile.LookDue>().RunDueAsync(CancellationToken.None))
        {
        }
    }

    private static Action<IServiceCollection> At(int perMinute) => services => services.Configure<KeepAliveOptions>(options => options.RenewalsPerMinute = perMinute);

    private static Task<HttpResponseMessage?> Nothing => Task.FromResult<HttpResponseMessage?>(null);
}
