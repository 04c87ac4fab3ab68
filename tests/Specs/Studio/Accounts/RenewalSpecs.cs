using System.Net;
using Holdfast.Domain.Connections;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Profile;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenarios R of failure-scenarios.md: what a renewal must survive.</summary>
public sealed class RenewalSpecs
{
    private static readonly FakeAccount Ada = new("open-ada", "Ada");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task R1_two_processes_that_need_the_token_at_once_make_one_call_and_both_get_the_new_one(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        await using var other = await StudioUnderTest.CreateAsync(engine, beside: studio);
        var id = await studio.ConnectAsync(Ada);
        var former = await studio.StoredAccessTokenAsync(id);
        studio.Clock.Advance(TimeSpan.FromHours(23.95));
        studio.TikTok.Fault = async (path, _, _) => { if (path == "/v2/oauth/token/") await Task.Delay(TimeSpan.FromMilliseconds(300), TestClock.System, CancellationToken.None); return null; };

        var answers = await Task.WhenAll(studio.Tokens.ForAsync(studio.Workspace, id), other.Tokens.ForAsync(studio.Workspace, id), Task.Run(async () => { await other.RenewDueAsync(); return await other.Tokens.ForAsync(null, id); }));

        Assert.Equal(1, studio.TikTok.Renewals);
        Assert.Single(answers.Select(answer => Assert.IsType<AccessTokenAnswer.Usable>(answer).Token.Reveal()).Distinct());
        Assert.NotEqual(former, await studio.StoredAccessTokenAsync(id));
    }

    [Fact, Trait("scenario", "R1")]
    public async Task R1_whoever_waits_on_the_same_node_is_woken_by_the_renewal_itself()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        studio.Clock.Advance(TimeSpan.FromHours(23.95));
        var claim = await studio.Renewals.ClaimDueAsync(CancellationToken.None);
        studio.Clock.HoldsWaits = true;
        var waiting = studio.Tokens.ForAsync(studio.Workspace, id);
        Assert.False(waiting.IsCompleted);

        await studio.Renewals.RunAsync(claim!); // it was due

        var answer = await waiting.WaitAsync(TimeSpan.FromSeconds(20), TestClock.System);
        Assert.True(studio.TikTok.IsAlive(Assert.IsType<AccessTokenAnswer.Usable>(answer).Token.Reveal()));
        Assert.Equal(1, studio.TikTok.Renewals);
    }

    [Fact, Trait("scenario", "R1")]
    public async Task R1_a_renewal_that_nobody_ends_is_waited_for_a_minute_and_a_half_and_no_second_one_is_begun()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        studio.Clock.Advance(TimeSpan.FromHours(25));
        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));
        var asked = studio.Clock.GetUtcNow();
        studio.Clock.SkipsWaits = true;

        Assert.IsType<AccessTokenAnswer.NotNow>(await studio.Tokens.ForAsync(studio.Workspace, id));

        Assert.InRange((studio.Clock.GetUtcNow() - asked).TotalSeconds, 90, 95);
        Assert.Equal(0, studio.TikTok.Renewals);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task R2_a_claim_on_what_somebody_else_has_renewed_meanwhile_is_refused_and_calls_nobody(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(Ada);
        var old = await studio.RowAsync(id);
        await studio.AdvanceToRenewalAsync(id);
        await studio.RenewDueAsync();

        Assert.Null(await studio.Renewals.ClaimAsync(id, old.GrantedAt, CancellationToken.None));
        Assert.IsType<AccessTokenAnswer.Usable>(await studio.Tokens.ForAsync(studio.Workspace, id));
        Assert.Equal(1, studio.TikTok.Renewals);
    }

    public static TheoryData<string> Weather => ["502", "503", "429", "timeout", "reset", "html", "redirect"];

    [Theory, MemberData(nameof(Weather))]
    public async Task R3_bad_weather_leaves_the_connection_as_it_is_and_is_tried_again(string weather)
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        studio.TikTok.Fault = (path, _, _) => path != "/v2/oauth/token/" ? Task.FromResult<HttpResponseMessage?>(null) : weather switch
        {
            "timeout" => throw new TaskCanceledException("deadline"),
            "reset" => throw new HttpRequestException(HttpRequestError.ResponseEnded, "reset"),
            "html" => Answer(new HttpResponseMessage { Content = new StringContent("<html>maintenance</html>") }),
            "redirect" => Answer(new HttpResponseMessage(HttpStatusCode.Redirect) { Headers = { Location = new Uri("https://elsewhere.example/") } }),
            _ => Answer(FakeTikTok.Json(int.Parse(weather, System.Globalization.CultureInfo.InvariantCulture), "")),
        };

        await studio.RenewDueAsync();
        var during = await studio.RowAsync(id);
        studio.TikTok.Fault = null;
        await studio.AdvanceToRenewalAsync(id);
        await studio.RenewDueAsync();
        var after = await studio.RowAsync(id);

        Assert.Equal(("live", 1), (during.State, during.Failures));
        Assert.InRange(during.RenewAt!.Value, studio.Clock.GetUtcNow() - TimeSpan.FromMinutes(20), studio.Clock.GetUtcNow());
        Assert.Equal(("live", 0), (after.State, after.Failures));
        Assert.DoesNotContain(await studio.TimelineAsync(id), line => line.Kind == nameof(TimelineKind.SignInNeeded));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"access_token":"","refresh_token":"","open_id":"open-ada","expires_in":86400,"scope":"user.info.basic"}""")]
    [InlineData("""{"access_token":"act.x","refresh_token":"rft.x","open_id":"open-ada","expires_in":-5,"scope":"user.info.basic"}""")]
    [InlineData("""{"access_token":"act.x","refresh_token":"rft.x","open_id":"somebody-else","expires_in":86400,"scope":"user.info.basic","token_type":"Bearer"}""")]
    public async Task R5_an_answer_without_usable_tokens_of_this_account_changes_nothing_that_is_stored(string body)
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        var before = await studio.StoredAccessTokenAsync(id);
        await studio.AdvanceToRenewalAsync(id);
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Answer(FakeTikTok.Json(200, body)) : Nothing;

        await studio.RenewDueAsync();

        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.Equal(before, await studio.StoredAccessTokenAsync(id));
    }

    [Theory]
    [InlineData(false, "needs-sign-in", nameof(NeedsSignInReason.RotationLost))]
    [InlineData(true, "live", null)]
    public async Task R6_killed_between_rotation_and_commit_the_old_token_is_tried_once_and_a_refusal_is_called_rotation_lost(bool honours, string state, string? reason)
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        studio.TikTok.HonoursRepeatedRefresh = honours;
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);

        // The process asked, TikTok rotated, and nobody lived to save the answer.
        Assert.NotNull(await studio.Renewals.ClaimDueAsync(CancellationToken.None));
        var app = (await studio.Get<StudioTikTok>().FindAsync())!;
        await app.Client.Tokens.RefreshAsync(app.Credentials, await RefreshTokenAsync(studio, id), CancellationToken.None);
        await studio.RenewDueAsync();
        Assert.Equal(1, studio.TikTok.Renewals); // the lease still holds
        studio.Clock.Advance(RenewConnection.Lease + TimeSpan.FromSeconds(1));
        await studio.RenewDueAsync();

        var row = await studio.RowAsync(id);
        Assert.Equal((state, reason), (row.State, row.StateReason));
        Assert.Equal(2, studio.TikTok.Renewals);
    }

    [Fact]
    public async Task R7_the_pair_is_saved_although_the_profile_cannot_be_read()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        studio.TikTok.Fault = (path, _, _) => path == "/v2/user/info/" ? Answer(FakeTikTok.Json(500, "")) : Nothing;

        var id = await studio.ConnectAsync(Ada);

        Assert.Equal("connecting", (await studio.RowAsync(id)).State);
        Assert.True(studio.TikTok.IsAlive(await studio.StoredAccessTokenAsync(id)));
        studio.TikTok.Fault = null;
        studio.Clock.Advance(TimeSpan.FromMinutes(1));
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);
        Assert.Equal(("live", "Ada"), ((await studio.RowAsync(id)).State, (await studio.RowAsync(id)).DisplayName));
    }

    [Fact]
    public async Task R8_a_renewal_that_names_no_refresh_token_keeps_the_stored_one()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        var kept = (await RefreshTokenAsync(studio, id)).Reveal();
        await studio.AdvanceToRenewalAsync(id);
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Answer(FakeTikTok.Json(200, """{"access_token":"act.fresh","open_id":"open-ada","expires_in":86400,"scope":"user.info.basic","token_type":"Bearer"}""")) : Nothing;

        await studio.RenewDueAsync();

        Assert.Equal("act.fresh", await studio.StoredAccessTokenAsync(id));
        Assert.Equal(kept, (await RefreshTokenAsync(studio, id)).Reveal());
    }

    [Fact]
    public async Task R9_the_next_renewal_uses_the_refresh_token_of_the_last_one()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        for (var i = 0; i < 3; i++)
        {
            await studio.AdvanceToRenewalAsync(id);
            await studio.RenewDueAsync();
        }

        var sent = studio.TikTok.Calls.Where(call => call.Form.ContainsKey("refresh_token")).Select(call => call.Form["refresh_token"]).ToList();
        Assert.Equal(3, sent.Distinct().Count());
        Assert.Equal("live", (await studio.RowAsync(id)).State);
    }

    [Fact]
    public async Task R6_a_renewal_that_never_reached_tiktok_cannot_have_rotated_anything()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? throw new HttpRequestException(HttpRequestError.NameResolutionError, "no such host") : Nothing;
        await studio.RenewDueAsync();
        studio.TikTok.Fault = null;
        studio.TikTok.Remove(Ada);
        await studio.AdvanceToRenewalAsync(id);
        await studio.RenewDueAsync();

        Assert.Equal(nameof(NeedsSignInReason.RefreshRefused), (await studio.RowAsync(id)).StateReason);
    }

    [Fact, Trait("scenario", "R15")]
    public async Task R15_tokens_of_ten_minutes_are_renewed_within_them_again_and_again()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        studio.TikTok.AccessLifetime = TimeSpan.FromMinutes(10);
        var id = await studio.ConnectAsync(Ada);
        for (var i = 0; i < 4; i++)
        {
            var row = await studio.RowAsync(id);
            Assert.InRange(row.RenewAt!.Value - row.GrantedAt, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(8));
            await studio.AdvanceToRenewalAsync(id);
            await studio.RenewDueAsync();
        }
        Assert.Equal(4, studio.TikTok.Renewals);
    }

    [Fact]
    public async Task R16_after_three_days_off_everything_is_healthy_again_without_a_word()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
            ids.Add(await studio.ConnectAsync(FakeAccount.Number(i)));
        studio.Clock.Advance(TimeSpan.FromDays(3));

        await studio.RenewDueAsync();

        foreach (var id in ids)
        {
            Assert.Equal("live", (await studio.RowAsync(id)).State);
            Assert.True(studio.TikTok.IsAlive(await studio.StoredAccessTokenAsync(id)));
        }
        Assert.Equal(5, studio.TikTok.Renewals);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task R26_looking_while_a_renewal_is_under_way_loses_no_token(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(Ada);
        for (var i = 0; i < 4; i++)
        {
            await studio.AdvanceToRenewalAsync(id);
            await Task.WhenAll(studio.RenewDueAsync(), studio.Get<ReadProfile>().TryAsync(id, CancellationToken.None), studio.Get<ReadProfile>().TryAsync(id, CancellationToken.None));
            Assert.True(studio.TikTok.IsAlive(await studio.StoredAccessTokenAsync(id)));
            Assert.True(studio.TikTok.IsAlive((await RefreshTokenAsync(studio, id)).Reveal()));
        }
    }

    private static Task<HttpResponseMessage?> Nothing => Task.FromResult<HttpResponseMessage?>(null);

    private static Task<HttpResponseMessage?> Answer(HttpResponseMessage answer) => Task.FromResult<HttpResponseMessage?>(answer);

    private static async Task<RefreshToken> RefreshTokenAsync(StudioUnderTest studio, string id)
    {
        var closed = await studio.Database.ReadAsync(session => TokenPair.SealedRefreshAsync(session, id));
        return studio.Get<TokenPair>().OpenRefresh(closed!, id);
    }
}
