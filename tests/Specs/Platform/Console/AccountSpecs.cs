using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Console;

/// <summary>What people do, done from the console: apps meet the same as when the person does it.</summary>
public sealed class AccountSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Removed_access_ends_every_token_with_the_persons_reason_and_stands_in_their_activity(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);

        var ended = await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/remove-access", new { app = "pottery" });

        Assert.Equal(1, ended.Json.GetProperty("ended").GetInt32());
        Assert.Equal("access_token_invalid", (await app.UserInfoAsync()).Code);
        Assert.Equal(1, await ReasonAsync(app));
        Assert.Equal(1, await CountAsync(app, "activity where kind = 'AppRemoved'"));
        Assert.Equal(404, (await app.Platform.ConsoleAsync(HttpMethod.Post, "/accounts/ada/remove-access", """{"app":"pottery"}""")).Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Access_can_end_with_any_of_tiktoks_reasons(int reason)
    {
        await using var app = await ConsoleCaller.ConnectedAsync();

        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/remove-access", new { reason });

        Assert.Equal("access_token_invalid", (await app.UserInfoAsync()).Code);
        Assert.Equal(reason, await ReasonAsync(app));
        Assert.Equal(400, (await app.Platform.ConsoleAsync(HttpMethod.Post, "/accounts/ada/remove-access", """{"reason":6}""")).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_renamed_account_keeps_its_open_id_and_shows_its_new_names(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        var before = (await app.UserInfoAsync()).Json.GetProperty("data").GetProperty("user");

        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/rename", new { user_name = "Ada.L", display_name = "Ada Lovelace" });

        var after = (await app.UserInfoAsync()).Json.GetProperty("data").GetProperty("user");
        Assert.Equal(before.GetProperty("open_id").GetString(), after.GetProperty("open_id").GetString());
        Assert.Equal(("Ada Lovelace", "ada.l"), (after.GetProperty("display_name").GetString(), after.GetProperty("username").GetString()));
        await app.Platform.PersonAsync("bruno");
        Assert.Equal(400, (await app.Platform.ConsoleAsync(HttpMethod.Post, "/accounts/ada.l/rename", """{"user_name":"bruno"}""")).Status);
        Assert.Equal(400, (await app.Platform.ConsoleAsync(HttpMethod.Post, "/accounts/ada.l/rename", """{"user_name":"a b"}""")).Status);
        Assert.Equal(400, (await app.Platform.ConsoleAsync(HttpMethod.Post, "/accounts/ada.l/rename", "{}")).Status);
        Assert.Equal(404, (await app.Platform.ConsoleAsync(HttpMethod.Post, "/accounts/ada/rename", """{"user_name":"x1"}""")).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_private_account_is_not_offered_everybody_as_an_audience(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);

        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/private", new { @private = true });
        Assert.DoesNotContain("PUBLIC_TO_EVERYONE", (await InfoAsync(app)).Body, StringComparison.Ordinal);
        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/private", new { @private = false });

        Assert.Contains("PUBLIC_TO_EVERYONE", (await InfoAsync(app)).Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_banned_account_loses_every_app_with_reason_4_and_posting_until_it_is_unbanned(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);

        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/ban");

        Assert.Equal("access_token_invalid", (await app.UserInfoAsync()).Code);
        Assert.Equal(4, await ReasonAsync(app));
        app.Token = (await app.Platform.GrantAsync(app.App, app.Creator, ConnectedApp.AllScopes)).Access;
        Assert.Equal("spam_risk_user_banned_from_posting", (await app.InitAsync(1_000)).Code);
        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/unban");
        Assert.Equal("ok", (await app.InitAsync(1_000)).Code);
    }

    [Fact]
    public async Task Posting_alone_can_be_forbidden()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();

        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/forbid-posting", new { forbidden = true });

        Assert.Equal("spam_risk_user_banned_from_posting", (await app.InitAsync(1_000)).Code);
        Assert.Equal(200, (await app.UserInfoAsync()).Status);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_deleted_account_is_gone_and_apps_are_told_with_reason_2(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);

        await app.Platform.DoAsync(HttpMethod.Post, "/accounts/ada/delete");

        Assert.Equal("access_token_invalid", (await app.UserInfoAsync()).Code);
        Assert.Equal(2, await ReasonAsync(app));
        Assert.Equal(404, (await app.Platform.GetAsync("/accounts/ada")).Status);
        Assert.DoesNotContain("\"ada\"", (await app.Platform.GetAsync("/accounts")).Body, StringComparison.Ordinal);
    }

    private static Task<ApiReply> InfoAsync(ConnectedApp app) => app.CallAsync(HttpMethod.Post, "/v2/post/publish/creator_info/query/");

    private static Task<long> ReasonAsync(ConnectedApp app) => app.Platform.Database.ReadAsync(session => session.FirstAsync<long>("select reason from authorization_event where kind = 'removed' order by at desc, id desc limit 1"));

    private static Task<long> CountAsync(ConnectedApp app, string what) => app.Platform.Database.ReadAsync(session => session.FirstAsync<long>($"select count(*) from {what}"));
}
