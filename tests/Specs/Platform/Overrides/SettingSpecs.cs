using Holdfast.Platform.Overrides;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Tokens;
using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Specs.Platform.Overrides;

/// <summary>Settings that the console changes while the Platform runs.</summary>
public sealed class SettingSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Lifetimes_and_rotation_act_from_the_next_call_on_and_go_back_to_what_is_configured(Engine engine)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var first = await platform.GrantAsync(app, ada);

        await platform.DoAsync(HttpMethod.Put, "/settings", new { access_token_lifetime = "24h", refresh_token_lifetime = "365d", refresh_mode = "legacy", oauth_errors_as_200 = true });

        var kept = await platform.RenewAsync(app, first.Refresh);
        Assert.Equal(("86400", first.Refresh), (kept.Text("expires_in"), kept.Refresh));
        Assert.Equal((200, "invalid_grant"), await platform.RenewAsync(app, "rft.nobody") is var wrong ? (wrong.Status, wrong.Error) : default);
        Assert.Equal("31536000", (await platform.GrantAsync(app, ada)).Text("refresh_expires_in"));

        await platform.DoAsync(HttpMethod.Delete, "/settings");

        var rotated = await platform.RenewAsync(app, first.Refresh);
        Assert.NotEqual(first.Refresh, rotated.Refresh);
        Assert.Equal(("7200", 400), (rotated.Text("expires_in"), (await platform.RenewAsync(app, first.Refresh)).Status));
    }

    [Fact]
    public async Task Null_takes_one_setting_back_and_leaves_the_others()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        await platform.DoAsync(HttpMethod.Put, "/settings", new { code_lifetime = "1m", posts_per_day = 3 });

        var settings = (await platform.DoAsync(HttpMethod.Put, "/settings", new { code_lifetime = (string?)null })).Json.GetProperty("settings");

        Assert.Equal("10m", settings.GetProperty("code_lifetime").GetProperty("value").GetString());
        Assert.Equal(("3", "15", "3"), settings.GetProperty("posts_per_day") is var posts ? (posts.GetProperty("value").GetString(), posts.GetProperty("configured").GetString(), posts.GetProperty("set").GetString()) : default);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Caps_limits_and_delays_of_posting_follow(Engine engine)
    {
        await using var app = await ConsoleCaller.ConnectedAsync(engine);
        await app.Platform.DoAsync(HttpMethod.Put, "/settings", new { posts_per_day = 1, rate_limits = false, upload_url_lifetime = "2m" });

        Assert.Equal("ok", (await app.InitAsync(1_000)).Code);
        Assert.Equal("spam_risk_too_many_posts", (await app.InitAsync(1_000)).Code);
        await app.Platform.DoAsync(HttpMethod.Put, "/settings", new { posts_per_day = 0 });
        for (var call = 0; call < 10; call++)
            Assert.Equal("ok", (await app.InitAsync(1_000)).Code);
        await app.Platform.DoAsync(HttpMethod.Put, "/settings", new { rate_limits = true });
        var codes = new List<string>();
        for (var call = 0; call < 8; call++)
            codes.Add((await app.InitAsync(1_000)).Code);
        Assert.Contains("rate_limit_exceeded", codes);
        Assert.Equal(TimeSpan.FromMinutes(2), app.Platform.Service<IOptions<PostingOptions>>().Value.UploadFor);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_set_outlives_a_restart_and_reaches_a_node_that_did_not_set_it(Engine engine)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync(engine);
        // As another node writes it: no word to this one but the signal.
        await platform.Database.WriteAsync(async session =>
        {
            await OverrideStore.SetAsync(session, "access_token_lifetime", "5m");
            session.Signal(HearConsole.SignalTopic);
        });

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10), TestClock.System);
        while (platform.Service<IOptions<TokenOptions>>().Value.AccessFor != TimeSpan.FromMinutes(5))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, limit.Token);

        var restarted = new KnownOverrides { All = await platform.Service<OverrideStore>().ListAsync() };
        Assert.Equal(("access_token_lifetime", "5m"), restarted.LiveAt(platform.Clock.GetUtcNow()).Select(one => (one.Name, one.Value)).Single());
    }

    [Theory]
    [InlineData("""{"access_token_lifetime":"0"}""", "span")]
    [InlineData("""{"access_token_lifetime":"400d"}""", "span")]
    [InlineData("""{"refresh_mode":"random"}""", "strict, grace, legacy")]
    [InlineData("""{"refresh_mode":"1"}""", "strict, grace, legacy")]
    [InlineData("""{"rate_limits":"perhaps"}""", "on or off")]
    [InlineData("""{"posts_per_day":-1}""", "whole number")]
    [InlineData("""{"unaudited_creators_per_day":0}""", "whole number")]
    [InlineData("""{"clock_offset_ms":"1"}""", "There is no clock_offset_ms")]
    public async Task A_value_that_makes_no_sense_changes_nothing_and_is_told(string json, string says)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();

        var refused = await platform.ConsoleAsync(HttpMethod.Put, "/settings", json.Replace("{", """{"code_lifetime":"1m",""", StringComparison.Ordinal));

        Assert.Equal(400, refused.Status);
        Assert.Contains(says, refused.Error, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(10), platform.Service<IOptions<TokenOptions>>().Value.CodeFor);
    }

    [Fact]
    public void A_storys_word_stands_over_a_persons_until_its_last_instant_and_nobody_has_to_look()
    {
        var clock = new TestClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var overrides = new KnownOverrides
        {
            All =
            [
                new Override { Name = "processing_delay", Story = "slow-publish", Value = "20m", EndsAt = clock.GetUtcNow().AddMinutes(10) },
                new Override { Name = "processing_delay", Value = "7s" },
            ],
        };
        var live = new LiveOptions<PostingOptions>(new OptionsFactory<PostingOptions>([], []), overrides, clock);
        Assert.Equal(TimeSpan.FromMinutes(20), live.Value.ProcessingFor);
        Assert.Same(live.Value, live.Value);

        clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(TimeSpan.FromSeconds(7), live.Value.ProcessingFor);
        overrides.All = [];
        Assert.Equal(TimeSpan.FromSeconds(3), live.Value.ProcessingFor);
    }

    [Fact]
    public void Every_setting_takes_what_it_says_of_the_configured_options()
    {
        object[] options = [new TokenOptions(), new PostingOptions(), new Holdfast.Platform.Api.RateLimitOptions(), new Holdfast.Platform.Developers.Review.ReviewOptions()];

        Assert.All(SettingTable.All, setting => Assert.True(setting.Takes(options.Select(setting.Say).OfType<string>().Single()), setting.Name));
        Assert.Equal(SettingTable.All.Count, SettingTable.All.Select(setting => setting.Name).Distinct().Count());
    }

    [Fact]
    public async Task One_apps_audit_and_rotation_are_switched_without_touching_the_others()
    {
        await using var app = await ConsoleCaller.ConnectedAsync();
        var other = await app.Platform.AppAsync("other");

        await app.Platform.DoAsync(HttpMethod.Put, $"/apps/{app.App.ClientKey}", new { audited = false, refresh_mode = "legacy" });

        Assert.Equal("unaudited_client_can_only_post_to_private_accounts", (await app.InitAsync(1_000)).Code);
        var first = await app.Platform.GrantAsync(app.App, app.Creator);
        Assert.Equal(first.Refresh, (await app.Platform.RenewAsync(app.App, first.Refresh)).Refresh);
        var theirs = await app.Platform.GrantAsync(other, app.Creator);
        Assert.NotEqual(theirs.Refresh, (await app.Platform.RenewAsync(other, theirs.Refresh)).Refresh);

        await app.Platform.DoAsync(HttpMethod.Put, $"/apps/{app.App.ClientKey}", new { refresh_mode = "usual" });
        Assert.NotEqual(first.Refresh, (await app.Platform.RenewAsync(app.App, first.Refresh)).Refresh);
        Assert.Equal(404, (await app.Platform.ConsoleAsync(HttpMethod.Put, "/apps/nobody", "{}")).Status);
    }
}
