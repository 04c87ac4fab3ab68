using Holdfast.Domain.Connections;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Profile;
using Holdfast.Studio.Accounts.Tokens;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenarios R of failure-scenarios.md: what a refusal, or trouble that looks like one, may be concluded from.</summary>
public sealed class RefusalSpecs
{
    private static readonly FakeAccount Ada = new("open-ada", "Ada");

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task R4_invalid_grant_with_status_200_means_needs_sign_in_once_with_its_log_id(Engine engine)
    {
        var heard = new Listener();
        await using var studio = await StudioUnderTest.CreateAsync(engine, configure: services => Register(services, heard));
        var id = await studio.ConnectAsync(Ada);
        await studio.AdvanceToRenewalAsync(id);
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Answer(FakeTikTok.OAuthError("invalid_grant", 200)) : Nothing;

        await studio.RenewDueAsync();
        studio.Clock.Advance(TimeSpan.FromDays(2));
        await studio.RenewDueAsync();
        var row = await studio.RowAsync(id);

        Assert.Equal(("needs-sign-in", nameof(NeedsSignInReason.RefreshRefused), "log-invalid_grant"), (row.State, row.StateReason, row.StateLogId));
        var line = Assert.Single(await studio.TimelineAsync(id), line => line.Kind == nameof(TimelineKind.SignInNeeded));
        Assert.Equal(("invalid_grant", "log-invalid_grant"), (line.TikTokReason, line.LogId));
        Assert.Equal(1, studio.TikTok.Renewals);
        Assert.Equal(["ended NeedsSignIn"], heard.Heard);
    }

    [Fact]
    public async Task R11_tokens_that_are_renewed_and_then_refused_end_in_one_clear_state_and_a_call_that_works_heals_it()
    {
        var heard = new Listener();
        await using var studio = await StudioUnderTest.CreateAsync(configure: services => Register(services, heard));
        var id = await studio.ConnectAsync(Ada);
        studio.TikTok.Fault = (path, _, _) => path is "/v2/user/info/" ? Answer(FakeTikTok.ApiError("access_token_invalid", 401)) : Nothing;
        for (var i = 0; i < 8; i++)
        {
            studio.Clock.Advance(TimeSpan.FromMinutes(1));
            await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);
        }

        Assert.InRange(studio.TikTok.Renewals, 1, 2);
        Assert.Equal(nameof(NeedsSignInReason.TokensNotAccepted), (await studio.RowAsync(id)).StateReason);
        studio.TikTok.Fault = null;
        studio.Clock.Advance(TimeSpan.FromMinutes(20));
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);

        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.Equal(["ended NeedsSignIn", "live again"], heard.Heard);
    }

    [Fact]
    public async Task R14_a_refused_token_is_not_handed_out_again_while_its_renewal_waits()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        var dead = Assert.IsType<AccessTokenAnswer.Usable>(await studio.Tokens.ForAsync(studio.Workspace, id)).Token;
        await studio.AdvanceToRenewalAsync(id);
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Answer(FakeTikTok.Json(503, "")) : Nothing;

        var answer = Assert.IsType<AccessTokenAnswer.NotNow>(await studio.Tokens.RejectedAsync(id, dead, "log-1"));

        Assert.True(answer.RetryAt > studio.Clock.GetUtcNow());
        Assert.Equal("live", (await studio.RowAsync(id)).State);
    }

    [Fact]
    public async Task R14_a_token_that_died_early_is_renewed_once_and_the_call_goes_on()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        var dead = Assert.IsType<AccessTokenAnswer.Usable>(await studio.Tokens.ForAsync(studio.Workspace, id)).Token;
        studio.TikTok.DropAccessTokens();
        studio.Clock.Advance(TimeSpan.FromMinutes(1));

        var answers = await Task.WhenAll(studio.Tokens.RejectedAsync(id, dead, "log-1"), studio.Tokens.RejectedAsync(id, dead, "log-2"));

        Assert.All(answers, answer => Assert.True(studio.TikTok.IsAlive(Assert.IsType<AccessTokenAnswer.Usable>(answer).Token.Reveal())));
        Assert.Equal(1, studio.TikTok.Renewals);
        Assert.Equal("live", (await studio.RowAsync(id)).State);
    }

    [Fact]
    public async Task Access_removed_at_tiktok_is_found_by_looking_and_ends_the_connection_once()
    {
        var heard = new Listener();
        await using var studio = await StudioUnderTest.CreateAsync(configure: services => Register(services, heard));
        var id = await studio.ConnectAsync(Ada);
        studio.TikTok.Remove(Ada);
        studio.Clock.Advance(TimeSpan.FromMinutes(1));

        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);
        studio.Clock.Advance(TimeSpan.FromDays(3));
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);
        await studio.RenewDueAsync();

        var row = await studio.RowAsync(id);
        Assert.Equal(("needs-sign-in", "log-invalid_grant"), (row.State, row.StateLogId));
        Assert.Equal(1, studio.TikTok.Renewals);
        Assert.Equal(["ended NeedsSignIn"], heard.Heard);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task R19_a_wrong_client_secret_is_one_incident_marks_nobody_and_heals(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var ids = new List<string>();
        for (var i = 0; i < 4; i++)
            ids.Add(await studio.ConnectAsync(FakeAccount.Number(i)));
        studio.TikTok.Secret = "another one";
        studio.Clock.Advance(TimeSpan.FromHours(20));
        await studio.RenewDueAsync();

        var incident = Assert.Single(await studio.Get<IncidentStore>().OpenAsync());
        Assert.Equal(("invalid_client", 4), (incident.Cause, incident.Times));
        foreach (var id in ids)
            Assert.Equal("live", (await studio.RowAsync(id)).State);

        studio.TikTok.Secret = FakeTikTok.ClientSecret;
        studio.Clock.Advance(TimeSpan.FromHours(1));
        await studio.RenewDueAsync();
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    [Fact]
    public async Task R23_a_missing_key_is_an_incident_and_the_tokens_stay()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        var path = Path.Combine(studio.Data, "keys", "studio-master");
        await File.WriteAllTextAsync(path, Convert.ToBase64String(new SystemSecrets().Bytes(32)));
        await using var restarted = await StudioUnderTest.CreateAsync(beside: studio);
        await studio.AdvanceToRenewalAsync(id);

        await restarted.RenewDueAsync();
        Assert.Equal("key-missing", Assert.Single(await studio.Get<IncidentStore>().OpenAsync()).Cause);
        Assert.Equal(("live", 0), ((await studio.RowAsync(id)).State, studio.TikTok.Renewals));

        // The first process still has the key; the second had sealed the app's secret anew.
        await studio.ConfigureAsync();
        await studio.AdvanceToRenewalAsync(id);
        await studio.RenewDueAsync();
        Assert.Equal(1, studio.TikTok.Renewals);
    }

    [Theory]
    [InlineData("scope_not_authorized", 403)]
    [InlineData("internal_error", 500)]
    [InlineData("rate_limit_exceeded", 429)]
    [InlineData("something_new", 400)]
    public async Task R25_looking_at_the_profile_may_fail_as_it_likes(string code, int status)
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        studio.TikTok.Fault = (path, _, _) => path is "/v2/user/info/" or "/v2/video/list/" ? Answer(FakeTikTok.ApiError(code, status)) : Nothing;
        studio.Clock.Advance(TimeSpan.FromMinutes(1));

        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);

        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.Equal(0, studio.TikTok.Renewals);
    }

    [Fact]
    public async Task R27_when_everybody_is_refused_at_once_the_app_is_suspected_and_nobody_is_disconnected_in_a_row()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        for (var i = 0; i < 10; i++)
            await studio.ConnectAsync(FakeAccount.Number(i));
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Answer(FakeTikTok.OAuthError("invalid_grant")) : Nothing;
        studio.Clock.Advance(TimeSpan.FromHours(20));

        await studio.RenewDueAsync();

        Assert.InRange((await studio.Connections.ListAsync(studio.Workspace)).Count(row => row.State == "needs-sign-in"), 1, 3);
        Assert.Equal(Incident.RefusedByMany, Assert.Single(await studio.Get<IncidentStore>().OpenAsync()).Cause);
    }

    [Fact, Trait("scenario", "R27")]
    public async Task R27_the_suspicion_stands_until_a_renewal_works_however_long_nobody_is_left_to_be_refused_first()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        for (var i = 0; i < 5; i++)
            await studio.ConnectAsync(FakeAccount.Number(i));
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Answer(FakeTikTok.OAuthError("invalid_grant")) : Nothing;
        studio.Clock.Advance(TimeSpan.FromHours(20));
        await studio.RenewDueAsync();
        var kept = (await studio.Connections.ListAsync(studio.Workspace)).Where(row => row.State == "live").Select(row => row.Id).ToList();

        for (var minutes = 0; minutes < 240; minutes += 20, studio.Clock.Advance(TimeSpan.FromMinutes(20)))
            await studio.RenewDueAsync();

        Assert.Equal(kept, (await studio.Connections.ListAsync(studio.Workspace)).Where(row => row.State == "live").Select(row => row.Id));
        studio.TikTok.Fault = null;
        studio.Clock.Advance(TimeSpan.FromMinutes(20));
        await studio.RenewDueAsync();
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R11")]
    public async Task R11_what_several_accounts_meet_alike_is_one_incident_and_nobodys_sign_in(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        for (var i = 0; i < 4; i++)
            await studio.ConnectAsync(FakeAccount.Number(i));
        studio.TikTok.Fault = (path, _, _) => path is "/v2/user/info/" ? Answer(FakeTikTok.ApiError("access_token_invalid", 401)) : Nothing;

        await LookForAsync(studio, minutes: 8);

        Assert.All(await studio.Connections.ListAsync(studio.Workspace), row => Assert.Equal("live", row.State));
        Assert.InRange(studio.TikTok.Renewals, 4, 8);
        Assert.Equal(Incident.CallsRefused, Assert.Single(await studio.Get<IncidentStore>().OpenAsync()).Cause);
        studio.TikTok.Fault = null;
        await LookForAsync(studio, minutes: 40);
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    [Fact, Trait("case", "103")]
    public async Task A_renewal_takes_permissions_away_and_adds_none()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada, "user.info.basic,video.list");
        await studio.AdvanceToRenewalAsync(id);
        studio.TikTok.Fault = (path, _, _) => path == "/v2/oauth/token/" ? Answer(FakeTikTok.Json(200, """{"access_token":"act.fresh","open_id":"open-ada","expires_in":86400,"scope":"user.info.basic,video.publish","token_type":"Bearer"}""")) : Nothing;

        await studio.RenewDueAsync();

        Assert.Equal(ScopeSet.Of("user.info.basic").ToString(), (await studio.RowAsync(id)).Scopes);
    }

    [Fact]
    public async Task O17_a_short_outage_leaves_no_trace_at_the_next_look()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var id = await studio.ConnectAsync(Ada);
        studio.TikTok.Fault = (_, _, _) => throw new HttpRequestException(HttpRequestError.ConnectionError, "down");
        studio.Clock.Advance(TimeSpan.FromMinutes(1));
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);
        studio.TikTok.Fault = null;
        studio.Clock.Advance(TimeSpan.FromMinutes(1));
        await studio.Get<LookDue>().RunDueAsync(CancellationToken.None);

        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.Equal(studio.Clock.GetUtcNow(), (await studio.RowAsync(id)).ProfileAt);
    }

    private static async Task LookForAsync(StudioUnderTest studio, int minutes)
    {
        for (var i = 0; i < minutes; i++)
        {
            studio.Clock.Advance(TimeSpan.FromMinutes(1));
            while (await studio.Get<LookDue>().RunDueAsync(CancellationToken.None))
                continue;
        }
    }

    private static Task<HttpResponseMessage?> Nothing => Task.FromResult<HttpResponseMessage?>(null);

    private static Task<HttpResponseMessage?> Answer(HttpResponseMessage answer) => Task.FromResult<HttpResponseMessage?>(answer);

    private static void Register(Microsoft.Extensions.DependencyInjection.IServiceCollection services, Listener listener) =>
        Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IConnectionListener>(services, listener);
}
