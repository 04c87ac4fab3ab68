using Holdfast.Platform.Permissions;
using Holdfast.Platform.Tokens;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B3, cases 59–65: refresh tokens in the wrong hands and authorizations that ended. The races and replays (56–58, 66) are <c>Tokens/RenewalSpecs</c>.</summary>
public sealed class RefreshAttacks
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory]
    [InlineData(RefreshMode.Strict)]
    [InlineData(RefreshMode.Grace)]
    [InlineData(RefreshMode.Legacy)]
    internal async Task Case_59_another_apps_refresh_token_is_refused_and_its_family_untouched(RefreshMode mode)
    {
        await using var platform = await PlatformUnderTest.StartAsync(tokens: tokens => tokens.RefreshMode = mode);
        var (app, thief, ada) = (await platform.AppAsync(), await platform.AppAsync("thief"), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);
        var second = await platform.RenewAsync(app, first.Refresh);

        Assert.Equal("invalid_grant", (await platform.RenewAsync(thief, first.Refresh)).Error);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(thief, second.Refresh)).Error);
        Assert.True(await platform.OpensAsync(second.Access));
        Assert.True((await platform.RenewAsync(app, second.Refresh)).IsGranted);
    }

    // Precedence: a refresh ignores scope and never widens.
    [Fact]
    public async Task Case_60_a_renewal_never_brings_more_than_was_granted()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var grant = await platform.GrantAsync(app, ada, "user.info.basic");
        await platform.GrantAsync(app, ada, "user.info.basic,video.publish");

        var renewed = await platform.TokenAsync(("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "refresh_token"), ("refresh_token", grant.Refresh), ("scope", "user.info.basic,video.publish"));

        Assert.Equal("user.info.basic", renewed.Text("scope"));
        Assert.Equal(["user.info.basic"], (await platform.Service<AccessTokens>().VerifyAsync(renewed.Access))!.Scopes);
    }

    // A changed password or second factor ends sessions, not apps: TikTok's list of reasons for a removal (§6.3) knows neither.
    [Theory, MemberData(nameof(Engines))]
    public async Task Case_61_nothing_renews_once_the_consent_the_app_the_secret_or_the_account_is_gone(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var withdrawn = await platform.GrantAsync(app, ada);
        var consent = await platform.Database.ReadAsync(session => session.FirstAsync<string>("select id from consent where ended_at is null"));
        Assert.True(await platform.Service<ConnectedApps>().RemoveAsync(new DefaultHttpContext(), ada.Id, consent!));
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, withdrawn.Refresh)).Error);

        var living = await platform.GrantAsync(app, ada);
        await SqlAsync("update app set disabled_at = 1 where id = @Id");
        Assert.Equal("invalid_client", (await platform.RenewAsync(app, living.Refresh)).Error);
        await SqlAsync("update app set disabled_at = null where id = @Id");

        var owner = await platform.Database.ReadAsync(session => session.FirstAsync<string>("select owner_id from app where id = @Id", new { app.Id }));
        var rotated = app with { ClientSecret = await platform.RotateAsync(owner!, app.Id) };
        Assert.Equal("invalid_client", (await platform.RenewAsync(app, living.Refresh)).Error);
        var renewed = await platform.RenewAsync(rotated, living.Refresh);
        Assert.True(renewed.IsGranted);

        await platform.Database.WriteAsync(session => session.RunAsync("delete from person where id = @Id", new { ada.Id }));
        Assert.Equal("invalid_grant", (await platform.RenewAsync(rotated, renewed.Refresh)).Error);
        Assert.False(await platform.OpensAsync(renewed.Access));

        Task SqlAsync(string sql) => platform.Database.WriteAsync(session => session.RunAsync(sql, new { app.Id }));
    }

    // Precedence (§2.5): by default each refresh token has a full life of its own; the absolute end of the case is the setting CarryRefreshEndOver.
    [Fact]
    public async Task Case_62_where_the_end_is_carried_over_renewing_never_moves_it()
    {
        await using var platform = await PlatformUnderTest.StartAsync(tokens: tokens => (tokens.CarryRefreshEndOver, tokens.RefreshFor) = (true, TimeSpan.FromDays(365)));
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var grant = await platform.GrantAsync(app, ada);
        for (var month = 1; month <= 12; month++)
        {
            platform.Clock.Advance(TimeSpan.FromDays(30));
            grant = await platform.RenewAsync(app, grant.Refresh);
            Assert.Equal(((365 - 30 * month) * 86_400).ToString(System.Globalization.CultureInfo.InvariantCulture), grant.Text("refresh_expires_in"));
        }

        platform.Clock.Advance(TimeSpan.FromDays(5));
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, grant.Refresh)).Error);
    }

    [Fact]
    public async Task Case_63_a_token_of_one_kind_is_no_token_of_another_whatever_its_first_letters_say()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var (code, grant) = (await platform.CodeAsync(app, ada), await platform.GrantAsync(app, ada));
        var own = await platform.TokenAsync(("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "client_credentials"));

        foreach (var wrong in (string[])[grant.Access, code, own.Access, "rft." + grant.Access[4..], "rft." + own.Access[4..]])
            Assert.Equal("invalid_grant", (await platform.RenewAsync(app, wrong)).Error);
        foreach (var wrong in (string[])[grant.Access, grant.Refresh, own.Access])
            Assert.Equal("invalid_grant", (await platform.RedeemAsync(app, wrong)).Error);
        foreach (var wrong in (string[])[grant.Refresh, code, own.Access, "act." + grant.Refresh[4..], "act." + own.Access[4..], grant.Access[4..]])
            Assert.False(await platform.OpensAsync(wrong));
    }

    // Precedence: an unknown token answers 200 {} too.
    [Theory, MemberData(nameof(Engines))]
    public async Task Case_64_and_65_revoking_ends_the_whole_authorization_and_every_token_gets_the_same_answer(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var (app, other, ada) = (await platform.AppAsync(), await platform.AppAsync("other"), await platform.PersonAsync("ada"));
        var (one, two, elsewhere) = (await platform.GrantAsync(app, ada), await platform.GrantAsync(app, ada), await platform.GrantAsync(other, ada));

        var notMine = await platform.RevokeAsync(other, one.Access);
        Assert.True(await platform.OpensAsync(one.Access));
        var first = await platform.RevokeAsync(app, one.Access);
        var again = await platform.RevokeAsync(app, one.Access);
        var unknown = await platform.RevokeAsync(app, "act.nobody");

        Assert.All(new[] { notMine, first, again, unknown }, answer => Assert.Equal((200, "{}"), (answer.Status, answer.Body)));
        foreach (var dead in new[] { one, two })
        {
            Assert.False(await platform.OpensAsync(dead.Access));
            Assert.Equal("invalid_grant", (await platform.RenewAsync(app, dead.Refresh)).Error);
        }
        Assert.True(await platform.OpensAsync(elsewhere.Access));
        if (Volume.IsFull)
            Timing.IsHidden(await Timing.GapAsync(() => platform.RevokeAsync(app, one.Access), () => platform.RevokeAsync(app, "act.nobody")));
    }
}
