using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>What somebody sees when access is taken back, and how the same post goes out once it is given again.</summary>
public sealed class RemovalSpecs(House house, OwnHoldfast own) : IClassFixture<OwnHoldfast>
{
    private readonly HoldfastProcess holdfast = own.Holdfast;

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_post_waits_when_access_is_removed_and_goes_out_exactly_once_after_reconnecting(int width)
    {
        var (userName, name, caption) = ($"tova{width}", $"Tova Lind {width}", $"Held, then let go: the tall jug of {width}");
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        await page.ConnectNewPersonAsync(holdfast, userName, name);
        var account = new Uri(page.Url).GetLeftPart(UriPartial.Path);
        await page.ComposeAsync(holdfast, name, caption);
        await page.ScheduleAsync(now => now.AddMinutes(40));
        await Assertions.Expect(page.Locator("#post-now [data-state=scheduled]")).ToBeVisibleAsync();
        var post = new Uri(page.Url).GetLeftPart(UriPartial.Path);

        await RemoveAccessAsync(person);
        // The Platform tells Studio, and the open page shows it without a reload.
        await Assertions.Expect(page.Locator("#post-now [data-state=held]")).ToBeVisibleAsync();
        await Look.AtAsync(page, "studio-post-held");

        await BellOf(page, width).ClickAsync();
        var notice = page.Locator("#notices li", new() { HasText = $"{name} needs somebody to sign in again" });
        await Assertions.Expect(notice.Locator("[data-state=new]")).ToBeVisibleAsync();
        await Look.AtAsync(page, "studio-notices");
        await notice.GetByRole(AriaRole.Link, new() { Name = $"Show: {name}" }).ClickAsync();
        await Assertions.Expect(page.Locator("#account")).ToContainTextAsync("Needs sign-in: access was removed on");
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("access was removed");
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("log_id: ");
        await Look.AtAsync(page, "studio-account-needs-sign-in");

        // Signed in at TikTok as somebody else, by mistake.
        var wrong = await page.OpenPopupAsync($"Reconnect {name}");
        await wrong.GetByRole(AriaRole.Button, new() { Name = "Use another account" }).ClickAsync();
        await wrong.GetByRole(AriaRole.Button, new() { Name = "Chidi Okafor" }).ClickAsync();
        await wrong.AnswerAsync("Authorize");
        await Assertions.Expect(page.Locator("#connect-result")).ToContainTextAsync($"This reconnects {name}, but TikTok was signed in as Chidi Okafor. Nothing was changed.");
        await Look.AtAsync(page, "studio-reconnect-other-account");

        var right = await page.OpenPopupAsync("Try again");
        await right.GetByRole(AriaRole.Button, new() { Name = "Use another account" }).ClickAsync();
        await right.LogInAsync(userName);
        await right.AnswerAsync("Authorize");
        await Assertions.Expect(page.Locator("#account [data-state=live]")).ToBeVisibleAsync();

        await page.GotoAsync(holdfast.Studio + "/notices?show=all");
        await Assertions.Expect(notice.Locator("[data-state=solved]")).ToBeVisibleAsync();
        await page.GotoAsync(post);
        await Assertions.Expect(page.Locator("#post-now [data-state=scheduled]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync();
        await Assertions.Expect(page.Locator("#post-now [data-state=published]")).ToBeVisibleAsync();
        await page.GotoAsync($"{holdfast.Platform}/@{userName}");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = caption })).ToHaveCountAsync(1);
    }

    private static ILocator BellOf(IPage page, int width) => width < 900 ? page.Locator("#bell") : page.Locator("#places").GetByRole(AriaRole.Link, new() { Name = "Notices" });

    private async Task RemoveAccessAsync(IBrowserContext person)
    {
        var settings = await person.NewPageAsync();
        await settings.GotoAsync(holdfast.Platform + "/settings/apps");
        await Look.AtAsync(settings, "platform-apps");
        await settings.GetByRole(AriaRole.Button, new() { Name = "Remove access" }).ClickAsync();
        await Assertions.Expect(settings.GetByText("Access removed. The app's tokens no longer work.")).ToBeVisibleAsync();
        await settings.CloseAsync();
    }
}
