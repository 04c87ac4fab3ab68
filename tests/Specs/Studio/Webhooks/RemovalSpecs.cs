using System.Net;
using Holdfast.Domain.Connections;
using Holdfast.Specs.Storage;
using Holdfast.Specs.Studio.Accounts;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;

namespace Holdfast.Specs.Studio.Webhooks;

/// <summary>Scenario O10: TikTok tells that an authorization is gone.</summary>
public sealed class RemovalSpecs
{
    private static readonly FakeAccount Ada = new("open-ada", "Ada");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "O10")]
    public async Task O10_a_removal_ends_the_connection_at_once_and_delivered_twice_it_ends_it_once(Engine engine)
    {
        var listener = new Listener();
        await using var studio = await StudioUnderTest.CreateAsync(engine, start: true, workers: false, configure: services => services.AddSingleton<IConnectionListener>(listener));
        using var tiktok = new HearingStudio(studio);
        var id = await studio.ConnectAsync(Ada);
        studio.Clock.Advance(TimeSpan.FromDays(2));
        await studio.RenewDueAsync();
        var renewals = studio.TikTok.Renewals;
        var at = tiktok.Now;

        Assert.Equal(HttpStatusCode.OK, await tiktok.RemovedAsync(Ada, 1, at));
        studio.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(HttpStatusCode.OK, await tiktok.RemovedAsync(Ada, 1, at));

        var row = await studio.RowAsync(id);
        Assert.Equal(("needs-sign-in", nameof(NeedsSignInReason.AccessRemoved)), (row.State, row.StateReason));
        Assert.Equal(["ended NeedsSignIn"], listener.Heard);
        Assert.Single(await studio.TimelineAsync(id), line => line is { Kind: nameof(TimelineKind.SignInNeeded), TikTokReason: "removed:ByUser" });
        Assert.Equal(["authorization.removed 2 1 ended or asked about"], await tiktok.OutcomesAsync());
        Assert.Equal(renewals, studio.TikTok.Renewals);
    }

    [Theory, Trait("scenario", "O10"), Trait("scenario", "O15")]
    [InlineData(0, "needs-sign-in", "AccessRemoved")]
    [InlineData(2, "restricted", "Deleted")]
    [InlineData(3, "restricted", "UnderAge")]
    [InlineData(4, "restricted", "Banned")]
    [InlineData(5, "needs-sign-in", "RevokedByApp")]
    [InlineData(99, "needs-sign-in", "AccessRemoved")]
    public async Task O10_O15_each_of_tiktoks_reasons_has_a_state_of_its_own(int reason, string state, string detail)
    {
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false);
        using var tiktok = new HearingStudio(studio);
        var id = await studio.ConnectAsync(Ada);
        studio.Clock.Advance(TimeSpan.FromHours(1));

        await tiktok.RemovedAsync(Ada, reason);

        var row = await studio.RowAsync(id);
        Assert.Equal((state, detail), (row.State, row.StateReason));
    }

    [Fact, Trait("scenario", "O10")]
    public async Task O10_what_is_not_signed_by_tiktok_is_turned_away_and_does_nothing()
    {
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false);
        using var tiktok = new HearingStudio(studio);
        var id = await studio.ConnectAsync(Ada);
        studio.Clock.Advance(TimeSpan.FromHours(1));
        var body = HearingStudio.Body("authorization.removed", Ada.OpenId, tiktok.Now, new { reason = 1 });
        var good = HearingStudio.Sign(body, tiktok.Now);

        Assert.Equal(HttpStatusCode.Unauthorized, await tiktok.SendAsync(body, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await tiktok.SendAsync(body, HearingStudio.Sign(body, tiktok.Now, "AnotherSecret0123456789abcdef0123")));
        Assert.Equal(HttpStatusCode.Unauthorized, await tiktok.SendAsync(body.Replace("removed", "Removed", StringComparison.Ordinal), good));
        Assert.Equal(HttpStatusCode.Unauthorized, await tiktok.SendAsync(body + " ", good));
        Assert.Equal(HttpStatusCode.Unauthorized, await tiktok.SendAsync(body, HearingStudio.Sign(body, tiktok.Now.AddHours(-97))));
        Assert.Equal(HttpStatusCode.Unauthorized, await tiktok.SendAsync(body, HearingStudio.Sign(body, tiktok.Now.AddMinutes(61))));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await tiktok.SendAsync(new string(' ', 65 * 1024), good));

        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.Empty(await tiktok.OutcomesAsync());
        Assert.Equal(HttpStatusCode.OK, await tiktok.SendAsync(body, good));
        Assert.Equal("needs-sign-in", (await studio.RowAsync(id)).State);
    }

    [Fact, Trait("scenario", "O10")]
    public async Task O10_a_removal_of_days_ago_does_not_end_what_was_signed_in_since()
    {
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false);
        using var tiktok = new HearingStudio(studio);
        var id = await studio.ConnectAsync(Ada);
        studio.Clock.Advance(TimeSpan.FromHours(1));
        var removedAt = tiktok.Now;
        studio.Clock.Advance(TimeSpan.FromDays(2));
        await studio.ConnectAsync(Ada);

        Assert.Equal(HttpStatusCode.OK, await tiktok.RemovedAsync(Ada, 1, removedAt));

        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.Equal(["authorization.removed 1 known already"], await tiktok.OutcomesAsync());
    }

    [Fact, Trait("scenario", "O10"), Trait("scenario", "R18")]
    public async Task O10_R18_told_from_about_the_time_of_the_sign_in_tiktok_is_asked_and_a_living_access_lives_on()
    {
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false);
        using var tiktok = new HearingStudio(studio);
        var id = await studio.ConnectAsync(Ada);

        // Our clock may be behind TikTok's: what it calls five minutes after the sign-in may have been before it.
        await tiktok.RemovedAsync(Ada, 1, tiktok.Now.AddMinutes(5));
        await studio.RenewDueAsync();

        var row = await studio.RowAsync(id);
        Assert.Equal(("live", null, 1), (row.State, row.RemovalTold, studio.TikTok.Renewals));
        Assert.Contains(await studio.TimelineAsync(id), line => line.Kind == nameof(TimelineKind.RemovalTold));
    }

    [Fact, Trait("scenario", "O10")]
    public async Task O10_told_from_about_the_time_of_the_sign_in_and_refused_when_asked_the_cause_is_the_one_that_was_told()
    {
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false);
        using var tiktok = new HearingStudio(studio);
        var id = await studio.ConnectAsync(Ada);
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Task.FromResult<HttpResponseMessage?>(FakeTikTok.OAuthError("invalid_grant", 400)) : Task.FromResult<HttpResponseMessage?>(null);

        await tiktok.RemovedAsync(Ada, 1);
        await studio.RenewDueAsync();

        var row = await studio.RowAsync(id);
        Assert.Equal(("needs-sign-in", nameof(NeedsSignInReason.AccessRemoved), "log-invalid_grant"), (row.State, row.StateReason, row.StateLogId));
    }

    [Fact, Trait("scenario", "O10")]
    public async Task O10_events_of_another_app_or_none_we_know_are_passed_over_and_not_asked_for_again()
    {
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false);
        using var tiktok = new HearingStudio(studio);
        var id = await studio.ConnectAsync(Ada);
        studio.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(HttpStatusCode.OK, await tiktok.TellAsync(HearingStudio.Body("authorization.removed", Ada.OpenId, tiktok.Now, new { reason = 1 }, "awanotherkey000001")));
        Assert.Equal(HttpStatusCode.OK, await tiktok.TellAsync(HearingStudio.Body("video.upload.failed", Ada.OpenId, tiktok.Now, new { share_id = "1" })));
        Assert.Equal(HttpStatusCode.OK, await tiktok.TellAsync("[]"));

        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.Equal(["video.upload.failed 1 passed over"], await tiktok.OutcomesAsync());
    }
}
