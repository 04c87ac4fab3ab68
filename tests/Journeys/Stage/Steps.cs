using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Holdfast.Journeys.Stage;

/// <summary>What people do again and again, through what they see: words, labels, buttons.</summary>
internal static partial class Steps
{
    /// <summary>The password of the demo's creators, and of everybody who signs up in a journey.</summary>
    public const string Password = "platform-demo-1";

    /// <summary>Enters Studio as the demo owner, with one click.</summary>
    public static async Task<IPage> EnterStudioAsync(this IBrowserContext person, HoldfastProcess holdfast, string next = "/")
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{holdfast.Studio}/sign-in?next={Uri.EscapeDataString(next)}");
        await page.Locator("button[name=demo]").ClickAsync();
        await page.HasLeftAsync("/sign-in");
        return page;
    }

    /// <summary>Waits until another page stands, with its modules at work. Asked of the page: on a machine with other work the browser's word that it has loaded can get lost.</summary>
    public static async Task HasLeftAsync(this IPage page, string path)
    {
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex(Regex.Escape(path)));
        await Until.TrueAsync($"the page after {path} is complete", () => page.EvaluateAsync<bool>("document.readyState === 'complete'"), Chromium.Patience);
    }

    public static async Task LogInAsync(this IPage page, string userName, string password = Password)
    {
        await page.GetByLabel("User name or e-mail").FillAsync(userName);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in", Exact = true }).ClickAsync();
    }

    /// <summary>From the log-in page to an account of one's own.</summary>
    public static async Task SignUpAsync(this IPage page, string userName, string name)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await page.GetByLabel("User name").FillAsync(userName);
        await page.GetByLabel("Name on your profile").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign up" }).ClickAsync();
    }

    /// <summary>Presses something that opens TikTok in a window of its own.</summary>
    public static Task<IPage> OpenPopupAsync(this IPage page, string name) =>
        page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = name }).First.ClickAsync());

    /// <summary>The button once its guard against double clicks is open: a press that comes sooner is swallowed, as it should be.</summary>
    public static ILocator AuthorizeButton(this IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Authorize" }).And(page.Locator("[data-guard=open]"));

    /// <summary>Answers the consent page in the popup, which then goes away by itself.</summary>
    public static async Task AnswerAsync(this IPage popup, string button)
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        popup.Close += (_, _) => closed.TrySetResult();
        await (button == "Authorize" ? popup.AuthorizeButton() : popup.GetByRole(AriaRole.Button, new() { Name = button, Exact = true })).ClickAsync();
        await closed.Task.WaitAsync(Chromium.Patience, Clock.System, TestContext.Current.CancellationToken);
    }

    /// <summary>A new creator, connected by popup; the account's page is open afterwards.</summary>
    public static async Task ConnectNewPersonAsync(this IPage page, HoldfastProcess holdfast, string userName, string name)
    {
        await page.GotoAsync(holdfast.Studio + "/accounts");
        var popup = await page.OpenPopupAsync("Connect TikTok account");
        await popup.SignUpAsync(userName, name);
        await popup.AnswerAsync("Authorize");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true })).ToBeVisibleAsync();
    }

    /// <summary>Fills the compose page with the first sample video, up to the time.</summary>
    public static async Task ComposeAsync(this IPage page, HoldfastProcess holdfast, string account, string caption)
    {
        await page.GotoAsync(holdfast.Studio + "/compose");
        await page.Locator("label.sample").First.ClickAsync();
        await page.GetByLabel("Caption").FillAsync(caption);
        await page.GetByLabel("Post as").SelectOptionAsync(new SelectOptionValue { Label = account });
        var audience = page.GetByLabel("Who can see it");
        await Assertions.Expect(audience).ToHaveValueAsync(""); // nothing is chosen for anybody
        await audience.SelectOptionAsync(new SelectOptionValue { Label = "Everyone" });
    }

    /// <summary>Chooses a time on the compose page, in the workspace's zone, and schedules.</summary>
    public static async Task ScheduleAsync(this IPage page, Func<DateTimeOffset, DateTimeOffset> choose)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(ZoneName().Match(await page.GetByText("Times are in").InnerTextAsync()).Groups["zone"].Value);
        var at = TimeZoneInfo.ConvertTime(choose(Clock.System.GetUtcNow()), zone);
        await page.GetByLabel("At a time").CheckAsync();
        await page.GetByLabel("Date").FillAsync(at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await page.GetByLabel("Time", new() { Exact = true }).FillAsync(at.ToString("HH:mm", CultureInfo.InvariantCulture));
        await page.Locator("#schedule").ClickAsync();
    }

    /// <summary>The state of the post with this caption, in a list.</summary>
    public static ILocator StateOf(this IPage page, string caption) => page.Locator("li.post", new() { HasText = caption }).Locator("[data-state]");

    [GeneratedRegex(@"Times are in (?<zone>\S+),")]
    private static partial Regex ZoneName();
}
