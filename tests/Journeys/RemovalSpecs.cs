using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>What somebody sees when access is taken back, and how the same post goes out once it is given again.</summary>
public sealed class RemovalSpecs(House house)
{
    private const string Name = "Tova Lind";
    private const string Caption = "Held, then let go: the tall jug";
    private readonly HoldfastProcess holdfast = house.Holdfast;

    [Fact]
    public async Task A_post_waits_when_access_is_removed_and_goes_out_exactly_once_after_reconnecting()
    {
        await using var person = await house.Chromium.PersonAsync();
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        await page.ConnectNewPersonAsync(holdfast, "tova.lind", Name);
        var account = new Uri(page.Url).GetLeftPart(UriPartial.Path);
        await page.ComposeAsync(holdfast, Name, Caption);
        await page.ScheduleAsync(now => now.AddMinutes(40));
        await Assertions.Expect(page.Locator("#post-now [data-state=scheduled]")).ToBeVisibleAsync();
        var post = new Uri(page.Url).GetLeftPart(UriPartial.Path);

        await RemoveAccessAsync(person);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync(); // its time is now
        await Assertions.Expect(page.Locator("#post-now [data-state=held]")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Look.AtAsync(page, "studio-post-held");

        await page.GotoAsync(account);
        await Assertions.Expect(page.Locator("#account")).ToContainTextAsync("Needs sign-in: access was removed on");
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("access was removed");
        await Assertions.Expect(page.Locator("#timeline")).ToContainTextAsync("log_id: ");
        await Look.AtAsync(page, "studio-account-needs-sign-in");

        // Signed in at TikTok as somebody else, by mistake.
        var wrong = await page.OpenPopupAsync($"Reconnect {Name}");
        await wrong.GetByRole(AriaRole.Button, new() { Name = "Use another account" }).ClickAsync();
        await wrong.GetByRole(AriaRole.Button, new() { Name = "Chidi Okafor" }).ClickAsync();
        await wrong.AnswerAsync("Authorize");
        await Assertions.Expect(page.Locator("#connect-result")).ToContainTextAsync($"This reconnects {Name}, but TikTok was signed in as Chidi Okafor. Nothing was changed.");
        await Look.AtAsync(page, "studio-reconnect-other-account");

        var right = await page.OpenPopupAsync("Try again");
        await right.GetByRole(AriaRole.Button, new() { Name = "Use another account" }).ClickAsync();
        await right.LogInAsync("tova.lind");
        await right.AnswerAsync("Authorize");
        await Assertions.Expect(page.Locator("#account [data-state=live]")).ToBeVisibleAsync();

        await page.GotoAsync(post);
        await Assertions.Expect(page.Locator("#post-now [data-state=published]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await page.GotoAsync($"{holdfast.Platform}/@tova.lind");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = Caption })).ToHaveCountAsync(1);
    }

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
