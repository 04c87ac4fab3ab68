using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>Signing in to the Platform with more than a password, on a desk and on a phone.</summary>
public sealed partial class SecondFactorSpecs(House house)
{
    private string Factors => house.Holdfast.Platform + "/settings/security/factors";

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Somebody_sets_up_an_authenticator_app_and_signs_in_with_its_code_and_with_a_recovery_code(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await SignUpAsync(person, $"totp{width}");
        await Look.AtAsync(page, "platform-factors-none");

        await page.GetByRole(AriaRole.Button, new() { Name = "Set up an authenticator app" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-factors-totp");
        await Look.AtNightAsync(page, "platform-factors-totp");
        var app = new AuthenticatorApp(await page.Locator("#totp-key").InnerTextAsync());
        await page.GetByLabel("Code from the app").FillAsync(app.Code());
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn it on" }).ClickAsync();

        var codes = (await page.Locator("#recovery-codes").InnerTextAsync()).Split('\n');
        Assert.Equal(10, codes.Length);
        await Look.AtAsync(page, "platform-factors-codes");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as text" }).ClickAsync());
        Assert.Equal("recovery-codes.txt", download.SuggestedFilename);
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await Assertions.Expect(page.Locator("#codes-left")).ToHaveTextAsync("10 recovery codes are left.");
        await Look.AtAsync(page, "platform-factors-on");

        await LogOutAndInAsync(page, $"totp{width}");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "One more step" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-second-factor");
        await page.Locator("[name=code]").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(page.Locator("#code-error")).ToBeVisibleAsync();
        await page.Locator("[name=code]").FillAsync(app.Code(steps: 1)); // the step of the first code is spent
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await ExpectInAsync(page, $"totp{width}");

        await LogOutAndInAsync(page, $"totp{width}");
        await page.Locator("[name=code]").FillAsync(codes[0]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await ExpectInAsync(page, $"totp{width}");
        await page.GotoAsync(Factors);
        await Assertions.Expect(page.Locator("#codes-left")).ToHaveTextAsync("9 recovery codes are left.");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Somebody_adds_a_passkey_and_signs_in_with_it_instead_of_and_after_the_password(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await SignUpAsync(person, $"passkey{width}");
        var devices = await person.NewCDPSessionAsync(page);
        await devices.SendAsync("WebAuthn.enable");
        await devices.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });

        await page.GetByLabel("Name of the new passkey").FillAsync("My laptop");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(page.Locator("#recovery-codes")).ToHaveTextAsync(TenCodes());
        await page.GetByRole(AriaRole.Link, new() { Name = "I have kept them" }).ClickAsync();
        await Assertions.Expect(page.Locator("#passkey-list")).ToContainTextAsync("My laptop");
        await Look.AtAsync(page, "platform-factors-passkey");

        await LogOutAsync(page);
        await page.GotoAsync(house.Holdfast.Platform + "/login");
        await page.GetByLabel("User name or e-mail").FillAsync($"passkey{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await ExpectInAsync(page, $"passkey{width}");

        await LogOutAndInAsync(page, $"passkey{width}");
        await Look.AtAsync(page, "platform-second-factor-passkey");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await ExpectInAsync(page, $"passkey{width}");

        await LogOutAsync(page);
        await page.GotoAsync(house.Holdfast.Platform + "/login");
        await page.GetByLabel("User name or e-mail").FillAsync("nobody-at-all");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Use your passkey" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-passkey");
    }

    private async Task<IPage> SignUpAsync(IBrowserContext person, string userName)
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{house.Holdfast.Platform}/login?next={Uri.EscapeDataString("/settings/security/factors")}");
        await page.SignUpAsync(userName, userName);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Second factors" })).ToBeVisibleAsync();
        return page;
    }

    private async Task LogOutAndInAsync(IPage page, string userName)
    {
        await LogOutAsync(page);
        await page.GotoAsync(house.Holdfast.Platform + "/login");
        await page.LogInAsync(userName);
    }

    private static async Task LogOutAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Log out" })).ToHaveCountAsync(0);
    }

    private static Task ExpectInAsync(IPage page, string userName) => Assertions.Expect(page.Locator(".platform-bar")).ToContainTextAsync($"@{userName}");

    [GeneratedRegex("^([0-9a-z]{4}-){3}[0-9a-z]{4}(\\s+([0-9a-z]{4}-){3}[0-9a-z]{4}){9}$")]
    private static partial Regex TenCodes();
}
