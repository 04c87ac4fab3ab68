using System.Collections.Concurrent;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Microsoft.Extensions.Options;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>The only copy of a new token pair is the one in memory until the database has taken it.</summary>
public sealed class SavingSpecs
{
    private static readonly FakeAccount Ada = new("open-ada", "Ada");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R6")]
    public async Task R6_a_database_that_takes_nothing_for_minutes_costs_no_pair_and_no_second_renewal(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        OnceRenewed(studio, () => studio.Outage.Last(TimeSpan.FromMinutes(10)));

        await studio.RenewDueAsync();

        Assert.Equal(1, studio.TikTok.Renewals);
        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.True(studio.TikTok.IsAlive(await studio.StoredAccessTokenAsync(id)));
    }

    [Fact]
    public async Task While_a_pair_cannot_be_saved_no_other_renewal_is_begun()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        var other = await studio.ConnectAsync(new FakeAccount("open-bruno", "Bruno"));
        await studio.AdvanceToRenewalAsync(id);
        await studio.AdvanceToRenewalAsync(other);
        RenewalClaim? meanwhile = null;
        OnceRenewed(studio, () => studio.Outage.Last(TimeSpan.FromMinutes(1)));
        studio.Outage.OnRefused = () => studio.Outage.Paused(() => meanwhile ??= studio.Renewals.ClaimDueAsync(CancellationToken.None).GetAwaiter().GetResult());

        await studio.Get<RenewDue>().RunDueAsync(CancellationToken.None);

        Assert.Null(meanwhile);
        await studio.RenewDueAsync();
        Assert.Equal(2, studio.TikTok.Renewals);
    }

    [Fact, Trait("scenario", "N5")]
    public async Task A_pair_that_is_lost_at_last_is_told_plainly_and_without_secrets()
    {
        var log = new Lines();
        await using var studio = await StudioUnderTest.CreateAsync(configure: services => services.AddSingleton<ILoggerProvider>(log));
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        OnceRenewed(studio, () => studio.Outage.Last(TimeSpan.FromDays(1)));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => studio.Get<RenewDue>().RunDueAsync(CancellationToken.None));

        Assert.Contains(log.All, line => line.Contains("are lost", StringComparison.Ordinal) && line.Contains(id, StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.Contains("act.", StringComparison.Ordinal) || line.Contains("rft.", StringComparison.Ordinal));
    }

    [Fact, Trait("scenario", "S9")]
    public async Task S9_a_host_that_stops_while_tiktok_is_asked_saves_the_answer_first()
    {
        await using var studio = await StudioUnderTest.CreateAsync(start: true);
        var id = await studio.ConnectAsync(Ada);
        var (asked, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        studio.TikTok.Fault = async (path, form, _) =>
        {
            if (form.GetValueOrDefault("grant_type") != "refresh_token")
                return null;
            asked.TrySetResult();
            await answer.Task;
            return null;
        };
        await studio.AdvanceToRenewalAsync(id);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestClock.System);

        var stopping = studio.App.StopAsync();
        Assert.False(stopping.IsCompleted);
        answer.SetResult();
        await stopping;

        Assert.Equal(1, studio.TikTok.Renewals);
        Assert.True(studio.TikTok.IsAlive(await studio.StoredAccessTokenAsync(id)));
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R6"), Trait("scenario", "R10")]
    public async Task A_pair_that_is_saved_after_its_claim_lapsed_brings_back_what_another_node_gave_up(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        await using var other = await StudioUnderTest.CreateAsync(beside: studio);
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        OnceRenewed(studio, () => studio.Outage.Last(TimeSpan.FromMinutes(10)));
        string? meanwhile = null;
        // This node cannot reach the database; the other one can, and asks with the token that was just replaced.
        studio.Outage.OnRefused = () =>
        {
            if (meanwhile is not null)
                return;
            studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));
            studio.Outage.Paused(() =>
            {
                other.RenewDueAsync().GetAwaiter().GetResult();
                meanwhile = studio.RowAsync(id).GetAwaiter().GetResult().StateReason;
            });
        };

        await studio.Get<RenewDue>().RunDueAsync(CancellationToken.None);

        Assert.Equal("RotationLost", meanwhile);
        var row = await studio.RowAsync(id);
        Assert.Equal(("live", null), (row.State, row.StateReason));
        Assert.True(row.RenewAt > studio.Clock.GetUtcNow());
        Assert.True(studio.TikTok.IsAlive(await studio.StoredAccessTokenAsync(id)));
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R6"), Trait("scenario", "N1")]
    public async Task A_refusal_that_a_pair_explains_which_is_being_saved_at_that_moment_ends_nothing_and_tells_nobody(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        await using var other = await StudioUnderTest.CreateAsync(beside: studio);
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        var (asked, answer) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        studio.TikTok.Fault = async (_, form, normal) =>
        {
            if (form.GetValueOrDefault("grant_type") != "refresh_token")
                return null;
            var said = normal();
            if (asked.TrySetResult())
                await answer.Task; // the first answer is long under way
            else
                answer.TrySetResult(); // and comes when the other node has just been refused
            return said;
        };

        var first = studio.Get<RenewDue>().RunDueAsync(CancellationToken.None);
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestClock.System);
        studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));
        await other.RenewDueAsync();
        await first;

        Assert.Equal(2, studio.TikTok.Renewals);
        Assert.Equal(("live", null), ((await studio.RowAsync(id)).State, (await studio.RowAsync(id)).StateReason));
        Assert.True(studio.TikTok.IsAlive(await studio.StoredAccessTokenAsync(id)));
        Assert.Equal(0, await studio.Database.ReadAsync(session => session.FirstAsync<long>("select (select count(*) from connection_event where kind = 'SignInNeeded') + (select count(*) from notice)")));
    }

    [Fact, Trait("scenario", "R10")]
    public async Task A_process_that_stood_still_since_its_claim_asks_nothing()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        var claim = await studio.Renewals.ClaimDueAsync(CancellationToken.None);

        studio.Clock.Advance(RenewConnection.Lease - TimeSpan.FromMinutes(1));
        await studio.Renewals.RunAsync(claim!);

        Assert.Equal(0, studio.TikTok.Renewals);
        await studio.RenewDueAsync();
        Assert.Equal(1, studio.TikTok.Renewals);
    }

    [Fact]
    public async Task A_stopping_host_waits_longer_than_the_longest_question_may_take()
    {
        await using var studio = await StudioUnderTest.CreateAsync();

        var host = studio.Get<IOptions<HostOptions>>().Value;
        Assert.Equal(AppBuilder.ShutdownTimeout, host.ShutdownTimeout);
        Assert.True(StudioTikTok.LongestQuestion + TimeSpan.FromSeconds(15) <= host.ShutdownTimeout);
        Assert.True(StudioTikTok.LongestQuestion + TimeSpan.FromSeconds(15) <= RenewConnection.Lease);
        Assert.True(host.ServicesStopConcurrently); // an upload that is under way takes nobody's time
    }

    private static void OnceRenewed(StudioUnderTest studio, Action deed) => studio.TikTok.Fault = (_, form, normal) =>
    {
        var answer = normal();
        if (form.GetValueOrDefault("grant_type") == "refresh_token")
        {
            deed();
            studio.TikTok.Fault = null;
        }
        return Task.FromResult<HttpResponseMessage?>(answer);
    };

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
