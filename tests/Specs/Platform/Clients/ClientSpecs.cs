using Holdfast.Platform;
using Holdfast.Platform.SignIn;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Clients;

/// <summary>Other people's TikTok clients from npm, their own code and no other, in the versions of <c>tests/Clients/package-lock.json</c> (docs/clients.md).</summary>
public sealed class ClientSpecs
{
    /// <summary>Each client, what it does itself, and in brackets what its app writes by hand, since the client ends before that.</summary>
    public static TheoryData<string, string> Clients => new()
    {
        { "arctic", "authorize exchange (profile) refresh revoke" },
        { "auth-core", "authorize exchange profile (refresh) (revoke)" },
        { "better-auth", "authorize exchange profile refresh (revoke)" },
        { "capacitor-social-login", "authorize exchange (profile) refresh (revoke)" },
        { "elysia-oauth2", "authorize exchange (profile) refresh revoke" },
        { "grant", "authorize exchange (profile) (refresh) (revoke)" },
        { "nuxt-auth-utils", "authorize exchange profile (refresh) (revoke)" },
        { "passport-tiktok-auth", "authorize exchange profile refresh (revoke)" },
        { "passport-tiktok-oauth2", "authorize exchange profile refresh (revoke)" },
        { "simple-oauth2", "authorize exchange (profile) refresh revoke" },
    };

    [Theory, MemberData(nameof(Clients))]
    public async Task A_client_made_for_TikTok_gets_in_reads_the_profile_renews_and_ends_its_access(string name, string all)
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(platform.App);
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada", DemoPeople.Password);
        await using var client = NodeClient.Start(name, platform);

        List<string> seen = [];
        ClientStep? exchange = null, refresh = null;
        string? openId = null;
        while (await client.NextAsync() is { } step)
        {
            seen.Add(step.ToString());
            switch (step.Step)
            {
                case "authorize":
                    await client.ReturnAsync(await ConsentAsync(browser, step["url"]));
                    break;
                case "exchange":
                    exchange = step;
                    Assert.True(await platform.OpensAsync(step["access"]));
                    if (step.Facts.ContainsKey("openId"))
                        openId = step["openId"];
                    break;
                case "profile":
                    Assert.Matches("^-000[A-Za-z0-9_-]{32}$", step["openId"]);
                    Assert.Equal((openId ?? step["openId"], "Ada Lindqvist"), (step["openId"], step["name"]));
                    Assert.Equal(new Uri(platform.App.BoundAddress(), "/@ada/avatar").AbsoluteUri, step["picture"]);
                    if (step.Facts.ContainsKey("handle"))
                        Assert.Equal("ada", step["handle"]);
                    if (step.Facts.ContainsKey("followers"))
                        Assert.Equal("1284", step["followers"]);
                    break;
                case "refresh":
                    refresh = step;
                    Assert.True(await platform.OpensAsync(step["access"]));
                    Assert.NotEqual(exchange!["access"], step["access"]);
                    Assert.NotEqual(exchange["refresh"], step["refresh"]);
                    break;
            }
        }

        Assert.Equal(all, string.Join(' ', seen));
        // Revoking ended everything, and not just the token that was named.
        Assert.False(await platform.OpensAsync(exchange!["access"]));
        Assert.False(await platform.OpensAsync(refresh!["access"]));
        Assert.Equal("invalid_grant", (await RenewAsync(platform, exchange["refresh"])).Error);
        // better-auth's app has the new refresh token only in its database.
        if (refresh["refresh"].Length > 0)
            Assert.Equal("invalid_grant", (await RenewAsync(platform, refresh["refresh"])).Error);
    }

    [Fact]
    public void Every_driver_in_the_folder_is_run() =>
        Assert.Equal(NodeClient.Drivers.Order(), Clients.Select(client => client.Data.Item1).Order());

    /// <summary>The person's part: TikTok's address as the client made it, our consent page, and back.</summary>
    private static async Task<string> ConsentAsync(Visitor browser, string url)
    {
        var asked = new Uri(url);
        Assert.Equal("www.tiktok.com", asked.Host);
        var consent = await browser.OpenAsync(asked.PathAndQuery);
        var done = await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"));
        Assert.StartsWith(NodeClient.Redirect + "?code=", done.Location, StringComparison.Ordinal);
        return done.Location!;
    }

    private static Task<TokenReply> RenewAsync(PlatformUnderTest platform, string refreshToken) =>
        platform.TokenAsync(("client_key", DemoContent.ClientKey), ("client_secret", DemoContent.ClientSecret), ("grant_type", "refresh_token"), ("refresh_token", refreshToken));
}
