using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>The picture in the README, taken from the running demo: one account that works, one that needs a sign-in, and the post that waits for it.</summary>
public sealed class PictureSpecs(House house, Untouched demo)
{
    [Fact]
    public async Task Home_shows_a_live_account_one_that_needs_sign_in_and_the_post_that_waits()
    {
        await using var person = await house.Chromium.PersonAsync();
        var page = await person.EnterStudioAsync(await demo.HoldfastAsync());
        await Assertions.Expect(page.Locator("#home-accounts [data-state=live]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#home-accounts [data-state=needs-sign-in]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#home-needs")).ToContainTextAsync("1 post waits for this.");
        // Four are planned. What else the demo brings is out in a minute: the Platform takes six posts a minute from one account.
        await Assertions.Expect(page.Locator("#home-next [data-state]")).ToHaveCountAsync(4, new() { Timeout = 360_000 });
        await Assertions.Expect(page.Locator("#home-recent [data-state=published]")).Not.ToHaveCountAsync(0);

        var committed = Environment.GetEnvironmentVariable("HOLDFAST_SHOOT") == "1";
        await page.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, committed ? "docs" : "artifacts/journeys", "home.png") });
    }
}
