using Holdfast.People;
using Holdfast.Platform.Developers;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>Somebody at the portal, in a browser of their own.</summary>
internal sealed class Developer(PlatformUnderTest platform, Visitor browser, string userName) : IDisposable
{
    public Visitor Browser => browser;

    public string UserName => userName;

    public static async Task<Developer> SignUpAsync(PlatformUnderTest platform, string userName)
    {
        await platform.PersonAsync(userName);
        return await LogInAsync(platform, userName);
    }

    public static async Task<Developer> LogInAsync(PlatformUnderTest platform, string userName)
    {
        var browser = platform.Visitor();
        await browser.LogInAsync(userName);
        return new(platform, browser, userName);
    }

    public async Task<string> IdAsync() => (await platform.Service<PeopleStore>().FindByUserNameAsync(userName))!.Id;

    /// <summary>The one form from nothing to a key.</summary>
    public async Task<RegisteredApp> ConnectAsync(string name = "Kiln", string desktop = "http://127.0.0.1:*/callback/", string web = "", string owner = "")
    {
        var made = await browser.SubmitAsync(await browser.GetAsync("/developers"), "/developers/apps", ("name", name), ("desktop", desktop), ("web", web), ("owner", owner), ("scope", "video.list"));
        return await RegisteredAsync(made);
    }

    /// <summary>What a page that shows a secret shows.</summary>
    public async Task<RegisteredApp> RegisteredAsync(Visit shown)
    {
        Assert.Equal(200, shown.Status);
        var (key, secret) = (shown.Page.QuerySelector("#client-key")!.TextContent, shown.Page.QuerySelector("#client-secret")!.TextContent);
        return new((await platform.Database.ReadAsync(session => session.FirstAsync<string>("select id from app where client_key = @key", new { key })))!, key, secret);
    }

    public Task<Visit> GetAsync(RegisteredApp app, string page = "") => browser.GetAsync($"/developers/apps/{app.Id}{page}");

    /// <summary>Sends a form of a page of the app, filled in as given.</summary>
    public async Task<Visit> SendAsync(RegisteredApp app, string page, string action, params (string Name, string Value)[] fields) =>
        await browser.SubmitAsync(await GetAsync(app, page), $"/developers/apps/{app.Id}{action}", fields);

    public Task<Visit> SaveRedirectsAsync(RegisteredApp app, string desktop, string web = "", string ios = "", string android = "") =>
        SendAsync(app, "/redirects", "/redirects", ("desktop", desktop), ("web", web), ("ios", ios), ("android", android));

    /// <summary>Makes the draft live, or sends it to whoever decides.</summary>
    public Task<Visit> SubmitAsync(RegisteredApp app, params (string Name, string Value)[] fields) => SendAsync(app, "/review", "/review/submit", fields);

    /// <summary>An authorization request of the app, as far as it goes for whoever is signed in here.</summary>
    public Task<Visit> AuthorizeAsync(RegisteredApp app, params (string Name, string? Value)[] changed) =>
        browser.OpenAsync(AuthorizePages.Request(app, [("scope", "user.info.basic,video.list"), .. changed]));

    public void Dispose() => browser.Dispose();
}
