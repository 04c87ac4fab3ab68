using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>What a person lets an app do, and taking it back: a permission left out, lists that were granted, access removed.</summary>
public sealed partial class AccessSpecs(House house, OwnHoldfast own) : IClassFixture<OwnHoldfast>
{
    private readonly HoldfastProcess holdfast = own.Holdfast;

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Somebody_leaves_a_permission_out_sees_what_that_means_and_takes_the_access_back(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var name = $"Nora Vance {width}";
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        var popup = await page.OpenPopupAsync("Connect TikTok account");
        await popup.SignUpAsync($"nora{width}", name);

        await Assertions.Expect(popup.GetByText("Registered on this Platform by")).ToBeVisibleAsync();
        Assert.True(await popup.Locator(".consent-parties .app-mark img").EvaluateAsync<bool>("picture => picture.decode().then(() => picture.naturalWidth > 0)"));
        await popup.GetByText("Post videos to your profile", new() { Exact = true }).ClickAsync(); // the whole line is the target
        await Assertions.Expect(popup.GetByLabel("Post videos to your profile")).Not.ToBeCheckedAsync();
        await Look.AtAsync(popup, "platform-consent-part");
        await popup.AnswerAsync("Authorize");

        // What the app got, and what it then cannot do.
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Connected, without these permissions: Publish videos.")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#permissions li", new() { HasText = "Publish videos" })).ToContainTextAsync("Not granted");
        await Assertions.Expect(page.Locator("#permissions li", new() { HasText = "Follower lists" })).ToContainTextAsync("Granted");
        var account = AccountPath().Match(page.Url).Value;
        await page.GotoAsync(holdfast.Studio + "/compose");
        await page.GetByLabel("Post as").SelectOptionAsync(new SelectOptionValue { Label = name });
        await Assertions.Expect(page.GetByText("The permission to post was not granted.")).ToBeVisibleAsync();

        // At the Platform she follows somebody, and Studio may know.
        var site = await person.NewPageAsync();
        await site.GotoAsync(holdfast.Platform + "/@bruno");
        await site.GetByRole(AriaRole.Button, new() { Name = "Follow", Exact = true }).ClickAsync();
        await Assertions.Expect(site.GetByRole(AriaRole.Button, new() { Name = "Unfollow" })).ToBeVisibleAsync();
        await site.GetByRole(AriaRole.Link, new() { Name = "Followers" }).ClickAsync();
        await Assertions.Expect(site.Locator(".audience-list")).ToContainTextAsync($"@nora{width}");
        await page.GotoAsync(holdfast.Studio + account);
        await Assertions.Expect(page.Locator("#audience")).ToContainTextAsync("@bruno");
        await page.GetByRole(AriaRole.Link, new() { Name = "All followed accounts" }).ClickAsync();
        await Assertions.Expect(page.Locator(".audience-people")).ToContainTextAsync("Bruno Salgado");
        await Look.AtAsync(page, "studio-following");

        // The next question remembers the answer.
        await page.GotoAsync(holdfast.Studio + account);
        popup = await page.OpenPopupAsync("Grant the rest");
        await Assertions.Expect(popup.Locator("#before")).ToContainTextAsync("You agreed to this on");
        await Assertions.Expect(popup.GetByLabel("Post videos to your profile")).Not.ToBeCheckedAsync();
        await Assertions.Expect(popup.GetByLabel("See who follows you")).ToBeCheckedAsync();
        await Look.AtAsync(popup, "platform-consent-remembered");
        await popup.AnswerAsync("Cancel");

        // And access is taken back where it was given.
        await site.GotoAsync(holdfast.Platform + "/settings/apps");
        await Assertions.Expect(site.Locator(".card", new() { HasText = "Holdfast Studio" })).ToContainTextAsync("last used");
        await Look.AtAsync(site, "platform-apps-part");
        await site.GetByRole(AriaRole.Button, new() { Name = "Remove access" }).ClickAsync();
        await Assertions.Expect(site.GetByText("Access removed.")).ToBeVisibleAsync();
        await Assertions.Expect(site.GetByText("No app has access to your account.")).ToBeVisibleAsync();
        await Look.AtAsync(site, "platform-apps-removed");
        await page.GotoAsync(holdfast.Studio + account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Assertions.Expect(page.Locator("#account [data-state=needs-sign-in]")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#audience")).ToHaveCountAsync(0);
    }

    [GeneratedRegex("/accounts/[0-9A-Za-z]+")]
    private static partial Regex AccountPath();
}
