using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>"Get a code", walked as a developer walks it.</summary>
public sealed class CodeGuideSpecs(House house)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_developer_gets_a_code_exchanges_it_and_sees_the_second_exchange_refused(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.NewPageAsync();
        await page.GotoAsync(house.Holdfast.Platform);
        await page.Locator("#get-a-code").GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Get a code", Level = 1 })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-get-a-code-start");

        await page.GetByText("video.list", new() { Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for these" }).ClickAsync();
        var request = await page.Locator("#authorize-url").InnerTextAsync();
        Assert.Contains("code_challenge=", request, StringComparison.Ordinal);
        Assert.DoesNotContain(await page.Locator("#verifier").InnerTextAsync(), request, StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "Open the authorization page" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Chidi Okafor" }).ClickAsync();
        await page.AuthorizeButton().ClickAsync();
        await Assertions.Expect(page.Locator("#code")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(".{20,}"));
        await Assertions.Expect(page.GetByText("left to exchange it")).ToBeVisibleAsync();
        Assert.Contains("curl", await page.Locator("#exchange-curl").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("code_verifier", await page.Locator("#exchange-curl").InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Button, new() { Name = "Exchange the code", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#exchange-answer")).ToContainTextAsync("\"access_token\"");
        await Look.AtAsync(page, "platform-get-a-code-exchanged");

        await page.GetByRole(AriaRole.Button, new() { Name = "Exchange the same code again" }).ClickAsync();
        await Assertions.Expect(page.Locator("#exchange-answer")).ToContainTextAsync("invalid_grant");
        await Assertions.Expect(page.GetByText("Refused: a code works once.")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-get-a-code-refused");
    }
}
