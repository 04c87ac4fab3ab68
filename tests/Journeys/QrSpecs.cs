using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>A screen shows a QR code, a phone confirms it: two browsers that share nothing.</summary>
public sealed class QrSpecs(House house)
{
    [Fact]
    public async Task A_phone_lets_the_app_on_the_desk_in()
    {
        await using var desk = await house.Chromium.PersonAsync();
        await using var phone = await house.Chromium.PersonAsync(390);
        var screen = await desk.NewPageAsync();
        await screen.GotoAsync(house.Holdfast.Platform + "/developers/get-a-code");
        await screen.GetByRole(AriaRole.Link, new() { Name = "Use a QR code" }).ClickAsync();
        await screen.GetByRole(AriaRole.Button, new() { Name = "Make a QR code" }).ClickAsync();
        await Assertions.Expect(screen.GetByRole(AriaRole.Img, new() { Name = "QR code of the link below" })).ToBeVisibleAsync();
        await Look.AtAsync(screen, "platform-qr-shown");
        var letters = await screen.Locator("#compare").InnerTextAsync();

        var page = await phone.NewPageAsync();
        await page.GotoAsync(await screen.Locator("#qr-link").InnerTextAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Chidi Okafor" }).ClickAsync();
        await Assertions.Expect(page.Locator("#compare")).ToHaveTextAsync(letters);
        await Look.AtAsync(page, "platform-qr-confirm");
        await Look.AtNightAsync(page, "platform-qr-confirm");
        await Assertions.Expect(screen.Locator("#qr-status")).ToHaveTextAsync("scanned");

        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Confirmed" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-qr-confirmed");

        await Assertions.Expect(screen.Locator("#qr-status")).ToHaveTextAsync("confirmed");
        await screen.GetByRole(AriaRole.Button, new() { Name = "Ask now" }).ClickAsync();
        await Assertions.Expect(screen.Locator("#check-answer")).ToContainTextAsync("\"status\": \"confirmed\"");
        await Assertions.Expect(screen.Locator("#check-answer")).ToContainTextAsync("\"code\"");
        await Assertions.Expect(screen.Locator("#qr-status")).ToHaveTextAsync("utilised");
    }
}
