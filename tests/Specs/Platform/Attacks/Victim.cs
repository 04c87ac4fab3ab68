using Holdfast.People;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Ada, signed in and with a remembered consent: an authorization request that gets past a guard hands out a code at once.</summary>
internal sealed class Victim : IAsyncDisposable
{
    public const string WebRedirect = "https://app.example/callback";

    private Victim(PlatformUnderTest platform, RegisteredApp app, Person ada, Visitor browser) => (Platform, App, Ada, Browser) = (platform, app, ada, browser);

    public PlatformUnderTest Platform { get; }
    public RegisteredApp App { get; }
    public Person Ada { get; }
    public Visitor Browser { get; }

    /// <summary>With an app on a Desktop wildcard, or on <see cref="WebRedirect"/>.</summary>
    public static async Task<Victim> OpenAsync(RedirectPlatform kind = RedirectPlatform.Desktop)
    {
        var platform = await PlatformUnderTest.StartAsync();
        var app = kind is RedirectPlatform.Web ? await platform.AppAsync(redirect: WebRedirect, platform: kind) : await platform.AppAsync();
        var ada = await platform.PersonAsync("ada");
        var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        var victim = new Victim(platform, app, ada, browser);
        var done = await browser.SubmitAsync(await browser.OpenAsync(victim.Request(kind is RedirectPlatform.Web ? [("redirect_uri", WebRedirect)] : [])), AuthorizePages.Answer, ("decision", "authorize"));
        Assert.Contains("?code=", done.Location, StringComparison.Ordinal);
        return victim;
    }

    public string Request(params (string Name, string? Value)[] changes) => AuthorizePages.Request(App, changes);

    /// <summary>Precedence (attack-cases.md): an invalid authorization request shows the error page at the authorize URL (302 to itself with TikTok's query values, then 200 HTML)
    /// and never leaves; "no <c>Location</c> to another origin, no code" is the test. What cannot even be read may be answered with a bare 400.</summary>
    /// <returns>TikTok's query values, empty for a bare 400.</returns>
    public async Task<string> StaysAsync(string request)
    {
        var refused = await Browser.GetAsync(request);
        if (refused.Status is 400)
        {
            Assert.Null(refused.Location);
            return "";
        }
        Assert.True(refused.Status is 302, $"{refused.Status} for {request}");
        Assert.StartsWith("/v2/auth/authorize/?error=", refused.Location, StringComparison.Ordinal);
        Assert.DoesNotContain(refused.Location!, char.IsControl);
        var page = await Browser.GetAsync(refused.Location!);
        Assert.Equal((200, "text/html"), (page.Status, page.Answer.Content.Headers.ContentType?.MediaType));
        Assert.Empty(page.Page.QuerySelectorAll("form[action*='authorize'], a[href^='javascript'], a[href*='evil'], a[href^='data']"));
        Assert.DoesNotContain("<script>alert", page.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(await CodesAsync());
        return refused.Location!.Split('?', 2)[1];
    }

    /// <summary>Codes beyond the one of <see cref="OpenAsync"/>.</summary>
    public async Task<IReadOnlyList<long>> CodesAsync() =>
        [.. (await Platform.Database.ReadAsync(session => session.ListAsync<long>("select created_at from authorization_code"))).Skip(1)];

    public ValueTask DisposeAsync()
    {
        Browser.Dispose();
        return Platform.DisposeAsync();
    }
}
