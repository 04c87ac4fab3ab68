using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>The main job, end to end: connect an account, plan a video, see it published; and the ways out before that.</summary>
public sealed partial class ConnectingSpecs(House house, OwnHoldfast own) : IClassFixture<OwnHoldfast>
{
    // Linking ada to another account, which others do in the shared house, ends what she granted.
    private readonly HoldfastProcess holdfast = own.Holdfast;

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Somebody_connects_by_popup_schedules_a_sample_and_plays_it_on_the_profile(int width)
    {
        var caption = $"Wrapped, boxed, on its way ({width})";
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        var popup = await page.OpenPopupAsync("Connect TikTok account");
        await Assertions.Expect(page.GetByText("TikTok is open in its own window")).ToBeVisibleAsync();

        await popup.LogInAsync("ada", "not the password");
        await Assertions.Expect(popup.GetByText("That user name and password do not belong together")).ToBeVisibleAsync();
        await popup.LogInAsync("ada");
        await Assertions.Expect(popup.GetByRole(AriaRole.Heading, new() { Name = "Holdfast Studio asks to use your account" })).ToBeVisibleAsync();
        await popup.AnswerAsync("Authorize");

        await ExpectConnectedAsync(page, "Ada Lindqvist");
        var face = page.Locator("#account .account-head img");
        Assert.True(await face.EvaluateAsync<bool>("picture => picture.decode().then(() => picture.naturalWidth > 0)"));
        await Look.AtAsync(page, "studio-account-ada");

        // The next full minute that leaves time to press the button.
        await page.ComposeAsync(holdfast, "Ada Lindqvist", caption + " #kilnandtide");
        await page.ScheduleAsync(now => now.AddSeconds(70 - now.AddSeconds(10).Second));
        await Assertions.Expect(page.Locator("#post-now [data-state=scheduled]")).ToBeVisibleAsync();
        await SeePublishedAsync(page, caption);
        await PlayAsync(person, "ada", caption);
    }

    [Fact]
    public async Task Somebody_new_does_it_all_on_a_phone()
    {
        await using var person = await house.Chromium.PersonAsync(390);
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        await page.ConnectNewPersonAsync(holdfast, "ines.phone", "Ines Vale");
        await ExpectConnectedAsync(page, "Ines Vale");
        await Look.AtAsync(page, "studio-account-ines");

        await page.ComposeAsync(holdfast, "Ines Vale", "From a phone by the kiln");
        await page.GetByText("Now", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).Last.ClickAsync();
        await SeePublishedAsync(page, "From a phone by the kiln");
        await PlayAsync(person, "ines.phone", "From a phone by the kiln");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Cancelling_on_the_consent_page_comes_back_as_a_plain_sentence(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        var popup = await page.OpenPopupAsync("Connect TikTok account");
        await popup.LogInAsync("bruno");
        await popup.AnswerAsync("Cancel");

        await Assertions.Expect(page.Locator("#connect-result")).ToContainTextAsync("TikTok was left without granting access. Nothing was changed here.");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Try again" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "studio-accounts-cancelled");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Where_the_browser_blocks_the_window_TikTok_opens_in_the_page_instead(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        await person.AddInitScriptAsync("window.open = () => null;");
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        await page.GetByRole(AriaRole.Link, new() { Name = "Connect TikTok account" }).First.ClickAsync();
        await Assertions.Expect(page.GetByText("Your browser did not open the window")).ToBeVisibleAsync();
        await Look.AtAsync(page, "studio-accounts-blocked");

        await page.GetByRole(AriaRole.Link, new() { Name = "Continue here" }).ClickAsync();
        await page.SignUpAsync($"blocked{width}", $"Jonas Reed {width}");
        await page.AuthorizeButton().ClickAsync();

        await ExpectConnectedAsync(page, $"Jonas Reed {width}");
        Assert.Single(person.Pages);
    }

    private async Task ExpectConnectedAsync(IPage page, string name)
    {
        // It stands there for seven seconds: looked for first, however slow the machine is.
        // The other width's person may have connected this account before.
        await Assertions.Expect(page.GetByText(new Regex($"^{name} (is connected\\.|was here already)"))).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(AccountPage());
        Assert.StartsWith(holdfast.Studio, page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#account [data-state=live]")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#permissions")).ToContainTextAsync("Publish videos");
        await Assertions.Expect(page.Locator("#account .account-head .avatar")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Figures" })).ToContainTextAsync("followers");
    }

    /// <summary>Looks at the list and touches nothing until it says so by itself.</summary>
    private async Task SeePublishedAsync(IPage page, string caption)
    {
        await page.GotoAsync(holdfast.Studio + "/posts");
        await page.EvaluateAsync("self.wasNeverReloaded = true");
        await Assertions.Expect(page.StateOf(caption)).ToHaveAttributeAsync("data-state", "published", new() { Timeout = 180_000 });
        await Assertions.Expect(page.Locator("li.post", new() { HasText = caption }).GetByRole(AriaRole.Link, new() { Name = "Open the video" })).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("self.wasNeverReloaded === true"));
    }

    private async Task PlayAsync(IBrowserContext person, string userName, string caption)
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{holdfast.Platform}/@{userName}");
        await page.GetByRole(AriaRole.Link, new() { Name = caption }).ClickAsync();
        var video = page.Locator("video");
        await video.ClickAsync();
        await Assertions.Expect(video).Not.ToHaveJSPropertyAsync("currentTime", 0);
    }

    [GeneratedRegex("/accounts/[0-9A-Za-z]+")]
    private static partial Regex AccountPage();
}
