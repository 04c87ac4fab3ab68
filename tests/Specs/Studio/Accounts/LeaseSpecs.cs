using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>A claim lasts as long as it was meant to, whatever a machine's clock says meanwhile.</summary>
public sealed class LeaseSpecs
{
    private static readonly FakeAccount Ada = new("open-ada", "Ada");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task R11_a_node_whose_clock_is_ahead_takes_over_no_claim_whose_call_may_be_out(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        await using var ahead = await StudioUnderTest.CreateAsync(beside: studio, own: new TestClock(studio.Clock.GetUtcNow().AddMinutes(20)));
        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));

        await ahead.RenewDueAsync();
        Assert.Equal(0, studio.TikTok.Renewals);
        studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));
        await ahead.RenewDueAsync();
        Assert.Equal(1, studio.TikTok.Renewals);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task R11_a_clock_that_is_set_forward_ends_no_claim(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));

        studio.Clock.Leap(TimeSpan.FromHours(1));

        Assert.Null(await studio.Renewals.ClaimDueAsync(CancellationToken.None));
        studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));
        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task R11_a_clock_that_is_set_back_makes_no_claim_longer(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        studio.Clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));

        studio.Clock.Leap(TimeSpan.FromMinutes(-10));
        studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));

        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task R10_an_answer_that_comes_after_the_lease_neither_frees_nor_overwrites_the_newer_owners_work(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        await using var other = await StudioUnderTest.CreateAsync(beside: studio);
        studio.TikTok.HonoursRepeatedRefresh = true;
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        var (newer, row) = ("", new ConnectionRow());
        studio.TikTok.Fault = async (_, _, answer) =>
        {
            var late = answer();
            studio.TikTok.Fault = null;
            studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));
            await other.RenewDueAsync();
            (newer, row) = (await studio.StoredAccessTokenAsync(id), await studio.RowAsync(id));
            return late;
        };

        await studio.Get<RenewDue>().RunDueAsync(CancellationToken.None);

        Assert.Equal(newer, await studio.StoredAccessTokenAsync(id));
        Assert.Equal((row.Fence, row.RenewAt), ((await studio.RowAsync(id)).Fence, (await studio.RowAsync(id)).RenewAt));
    }

    [Fact]
    public async Task A_claim_and_a_pace_from_a_clock_that_was_hours_ahead_end_soon_after_the_process()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        var ahead = studio.Clock.GetUtcNow().AddHours(2);
        await studio.Database.WriteAsync(session => session.RunAsync("update connection set lease_until = @ahead; update breaker set paced_until = @near", new { ahead, near = studio.Clock.GetUtcNow().AddMinutes(10) }));

        await LeftBehind.FreeAsync(studio.Database, studio.App.Services.GetServices<IDueWork>());

        Assert.Null(await studio.Renewals.ClaimDueAsync(CancellationToken.None)); // what the dead process asked may be under way
        studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));
        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));
    }
}
