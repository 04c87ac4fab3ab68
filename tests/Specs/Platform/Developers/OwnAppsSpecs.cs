using Holdfast.Platform;
using Holdfast.Platform.Developers;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>The introduction of Studio to the Platform beside it, start after start.</summary>
public sealed class OwnAppsSpecs
{
    private const string At7400 = "http://localhost:7400/connect/tiktok/callback/";
    private const string At7600 = "http://localhost:7600/connect/tiktok/callback/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task An_app_is_introduced_once_and_its_secret_works(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);

        var app = await KeepAsync(platform, At7400, null);

        Assert.NotNull(app);
        Assert.True(await KnowsAsync(platform, app));
        Assert.Null(await KeepAsync(platform, At7400, app.ClientKey));
        Assert.True(await KnowsAsync(platform, app));
        Assert.DoesNotContain(app.ClientSecret, app.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public async Task Another_port_later_is_registered_beside_the_first(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        var app = await KeepAsync(platform, At7400, null);

        Assert.Null(await KeepAsync(platform, At7600, app!.ClientKey));

        Assert.Equal([At7400, At7600], await RedirectsAsync(platform));
    }

    [Fact]
    public async Task A_list_that_is_full_still_takes_the_port_of_today()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var app = await KeepAsync(platform, At7400, null);

        for (var port = 7601; port <= 7612; port++)
            Assert.Null(await KeepAsync(platform, $"http://localhost:{port}/connect/tiktok/callback/", app!.ClientKey));

        var redirects = await RedirectsAsync(platform);
        Assert.Equal(RedirectUriRule.Most, redirects.Count);
        Assert.Contains("http://localhost:7612/connect/tiktok/callback/", redirects);
    }

    [Fact]
    public async Task A_studio_that_lost_its_database_gets_a_new_secret_and_the_old_one_dies()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        var lost = await KeepAsync(platform, At7400, null);

        var found = await KeepAsync(platform, At7400, null);

        Assert.Equal(lost!.ClientKey, found!.ClientKey);
        Assert.True(await KnowsAsync(platform, found));
        Assert.False(await KnowsAsync(platform, lost));
    }

    [Fact]
    public async Task A_key_of_another_platform_is_replaced()
    {
        await using var platform = await PlatformUnderTest.StartAsync();

        var app = await KeepAsync(platform, At7400, "sbawsomewhereelse1");

        Assert.NotNull(app);
        Assert.NotEqual("sbawsomewhereelse1", app.ClientKey);
    }

    [Fact]
    public async Task An_address_the_portal_would_refuse_is_refused_with_what_to_change()
    {
        await using var platform = await PlatformUnderTest.StartAsync();

        var refused = await Assert.ThrowsAsync<StartupException>(() => KeepAsync(platform, "http://studio.example.test/connect/tiktok/callback/", null));

        Assert.Contains("--studio-url", refused.Message, StringComparison.Ordinal);
    }

    private static Task<AppCredentials?> KeepAsync(PlatformUnderTest platform, string redirect, string? knownKey) =>
        platform.App.KeepAppAsync("studio", "Holdfast Studio", redirect, knownKey);

    /// <summary>Whether key and secret belong together: then the token, not the client, is what the Platform complains about.</summary>
    private static async Task<bool> KnowsAsync(PlatformUnderTest platform, AppCredentials app) =>
        (await platform.RenewAsync(new RegisteredApp("", app.ClientKey, app.ClientSecret), "rft.x")).Error == "invalid_grant";

    private static async Task<IReadOnlyList<string>> RedirectsAsync(PlatformUnderTest platform) =>
        await platform.Database.ReadAsync(session => session.ListAsync<string>("select uri from app_redirect order by uri"));
}
