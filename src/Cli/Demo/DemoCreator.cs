using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Holdfast.Cli.Demo;

/// <summary>The demo owner at Studio who has one creator's password for the Platform: everything goes the way a person's browser goes.</summary>
/// <remarks>Each step looks first whether it is done, so a seeding that was interrupted goes on where it stopped.</remarks>
internal sealed partial class DemoCreator(string name, string studio, string platform, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan SlowestLook = TimeSpan.FromSeconds(5);

    private readonly Visitor visitor = new();

    public void Dispose() => visitor.Dispose();

    public async Task SignInAsync(CancellationToken stopping)
    {
        var page = await visitor.OpenAsync(studio + "/sign-in", stopping);
        var form = page.Form("/sign-in");
        await visitor.SendAsync(page, form, form.With(("username", "jonas@example.test"), ("password", "holdfast-demo-1"), ("next", "/accounts")), stopping);
    }

    /// <summary>Connects the account, unless it is.</summary>
    /// <returns>The path of its page, <c>/accounts/…</c>.</returns>
    public async Task<string> ConnectAsync(CancellationToken stopping)
    {
        foreach (var path in AccountLinks().Matches((await visitor.OpenAsync(studio + "/accounts", stopping)).Html).Select(link => link.Groups["path"].Value).Distinct(StringComparer.Ordinal))
        {
            if ((await visitor.OpenAsync(studio + path, stopping)).Html.Contains($"@{name}<", StringComparison.Ordinal))
                return path;
        }

        var page = await visitor.OpenAsync(studio + "/connect/tiktok/", stopping);
        if (PageForm.On(page.Html).FirstOrDefault(form => form.Action == "/login") is { } login)
            page = await visitor.SendAsync(page, login, login.With(("username", name), ("password", "platform-demo-1")), stopping);
        var consent = page.Form(form => form.Inside.Contains("value=\"authorize\"", StringComparison.Ordinal));
        page = await visitor.SendAsync(page, consent, consent.With(("decision", "authorize")), stopping);
        return AccountPath().IsMatch(page.Address.AbsolutePath) ? page.Address.AbsolutePath : throw new DemoException($"connecting {name} ended at {page.Address.AbsolutePath}");
    }

    /// <summary>Puts a post together in the compose form.</summary>
    /// <returns>The path of its page.</returns>
    public async Task<string> ComposeAsync(DemoPost post, string account, CancellationToken stopping)
    {
        var page = await visitor.OpenAsync(studio + "/compose", stopping);
        var form = page.Form("/compose");
        // Every planned time is at least a day ahead: in whichever zone, it lies in the future.
        var day = clock.GetUtcNow().AddDays(post.Day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        page = await visitor.SendAsync(page, form, form.With(
            ("form_key", post.Key),
            ("connection", account["/accounts/".Length..]),
            ("media", $"sample:{post.Clip}"),
            ("caption", post.Caption),
            ("privacy", "PUBLIC_TO_EVERYONE"),
            ("comment", "true"), ("duet", "true"), ("stitch", "true"),
            ("when", post.State == "published" ? "now" : "later"),
            ("date", post.Time.Length > 0 && post.Day > 0 ? day : ""),
            ("time", post.Day > 0 ? post.Time : ""),
            ("action", post.State == "draft" ? "draft" : "schedule")), stopping, multipart: true);
        return PostPath().IsMatch(page.Address.AbsolutePath) ? page.Address.AbsolutePath : throw new DemoException($"the form of a post by {name} came back: {Complaint(page.Html)}");
    }

    /// <summary>Whether this account's story is told to its end: removal comes last.</summary>
    /// <remarks>Studio looks first: an earlier run may have been cut off after the removal and before Studio knew.</remarks>
    public async Task<bool> HasEndedAsync(string account, CancellationToken stopping)
    {
        await LookAsync(account, stopping);
        return States(await visitor.OpenAsync(studio + account, stopping)).Contains("needs-sign-in");
    }

    public Task PublishedAsync(string post, CancellationToken stopping) => UntilAsync(post, ["published"], stopping);

    /// <summary>Takes Studio's access away at the Platform, then has Studio look: it finds out as it always does.</summary>
    public async Task RemoveAccessAsync(string app, string account, CancellationToken stopping)
    {
        await LookAsync(account, stopping); // what is shown of it afterwards is how it was at the end
        var page = await visitor.OpenAsync(platform + "/settings/apps", stopping);
        if (PageForm.On(page.Html).FirstOrDefault(form => form.Action == "/login") is { } login)
            page = await visitor.SendAsync(page, login, login.With(("username", name), ("password", "platform-demo-1")), stopping);
        // Not there any more: an earlier run removed it and was cut off before Studio looked.
        if (page.Html.IndexOf(app, StringComparison.Ordinal) is >= 0 and var at)
        {
            var remove = (page with { Html = page.Html[at..] }).Form("/settings/apps/remove");
            await visitor.SendAsync(page, remove, remove.With(), stopping);
        }
        await LookAsync(account, stopping);
        await UntilAsync(account, ["needs-sign-in"], stopping);
    }

    /// <summary>Presses "Look again", unless Studio knows by itself that there is nothing to see any more.</summary>
    private async Task LookAsync(string account, CancellationToken stopping)
    {
        var page = await visitor.OpenAsync(studio + account, stopping);
        if (PageForm.On(page.Html).FirstOrDefault(form => form.Action == account + "/look") is { } look)
            await visitor.SendAsync(page, look, look.With(), stopping);
    }

    private async Task UntilAsync(string path, string[] wanted, CancellationToken stopping)
    {
        for (var wait = FirstLook; ; wait = wait * 1.2 < SlowestLook ? wait * 1.2 : SlowestLook)
        {
            var states = States(await visitor.OpenAsync(studio + path, stopping));
            if (states.Any(wanted.Contains))
                return;
            if (states.Contains("failed"))
                throw new DemoException($"{path} failed");
            await Task.Delay(wait, clock, stopping);
        }
    }

    private static List<string> States(SeenPage page) => [.. Pills().Matches(page.Html).Select(pill => pill.Groups["state"].Value)];

    private static string Complaint(string html) => Errors().Match(html) is { Success: true } error ? WebUtility.HtmlDecode(error.Groups["text"].Value).Trim() : "no reason was given";

    [GeneratedRegex(@"href=""(?<path>/accounts/[0-9a-z]{26})""")]
    private static partial Regex AccountLinks();

    [GeneratedRegex("^/accounts/[0-9a-z]{26}$")]
    private static partial Regex AccountPath();

    [GeneratedRegex("^/posts/[0-9a-z]{26}$")]
    private static partial Regex PostPath();

    [GeneratedRegex(@"data-state=""(?<state>[^""]+)""")]
    private static partial Regex Pills();

    [GeneratedRegex(@"class=""field-error""[^>]*>.*?<span>(?<text>[^<]+)</span>", RegexOptions.Singleline)]
    private static partial Regex Errors();
}
