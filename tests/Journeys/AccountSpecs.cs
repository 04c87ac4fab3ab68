using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>A person looks after their account at the Platform, on a desk and on a phone.</summary>
public sealed partial class AccountSpecs(House house)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_forgotten_password_is_replaced_with_the_letter_in_the_outbox(int width)
    {
        var name = $"forgetful{width}";
        var platform = house.Holdfast.Platform;
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.NewPageAsync();
        await page.GotoAsync(platform + "/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign up" }).ClickAsync();
        await page.GetByLabel("User name").FillAsync(name);
        await page.GetByLabel("E-mail").FillAsync($"{name}@example.test");
        await page.GetByLabel("Password").FillAsync(Steps.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign up" }).ClickAsync();
        await page.GotoAsync(platform + "/settings/security");
        await Look.AtAsync(page, "platform-settings-security-code");
        await page.GetByLabel("Code from the letter").FillAsync(await CodeAsync(person, $"{name}@example.test"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Assertions.Expect(page.GetByText("E-mail confirmed.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Log out" }).ClickAsync();

        await page.GotoAsync(platform + "/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await Look.AtAsync(page, "platform-reset");
        await page.GetByLabel("User name or e-mail").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the letter" }).ClickAsync();
        await Look.AtAsync(page, "platform-reset-code");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the outbox" }).ClickAsync();
        await Look.AtAsync(page, "platform-outbox");
        var code = await CodeAsync(person, $"{name}@example.test");
        await page.GoBackAsync();
        await page.GetByLabel("Code from the letter").FillAsync(code);
        await page.GetByLabel("New password").FillAsync("a brand new one");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your password is changed")).ToBeVisibleAsync();
        await page.LogInAsync(name, "a brand new one");

        await page.GotoAsync(platform + "/settings/activity");
        await Assertions.Expect(page.GetByText("New password by letter")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-settings-activity");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Signing_out_everywhere_ends_the_other_browser_too(int width)
    {
        var name = $"everywhere{width}";
        var platform = house.Holdfast.Platform;
        await using var desk = await house.Chromium.PersonAsync(width);
        await using var elsewhere = await house.Chromium.PersonAsync(width);
        var page = await desk.NewPageAsync();
        await page.GotoAsync(platform + "/login?next=%2Fsettings%2Fprofile");
        await page.SignUpAsync(name, "Somebody Everywhere");
        await Look.AtAsync(page, "platform-settings-profile");
        var other = await elsewhere.NewPageAsync();
        await other.GotoAsync(platform + "/login?next=%2Fsettings%2Fsecurity");
        await other.LogInAsync(name);
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Security" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Security" }).ClickAsync();
        await Assertions.Expect(page.GetByText("this one", new() { Exact = true })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-settings-security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out everywhere" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Every device is signed out.")).ToBeVisibleAsync();

        await other.GotoAsync(platform + "/settings/security");
        await Assertions.Expect(other.GetByRole(AriaRole.Button, new() { Name = "Log in", Exact = true })).ToBeVisibleAsync();
        await other.GetByRole(AriaRole.Link, new() { Name = "My sign-in keeps failing" }).ClickAsync();
        await Look.AtAsync(other, "platform-trouble");
        await other.GetByRole(AriaRole.Button, new() { Name = "Start clean" }).ClickAsync();
        await Assertions.Expect(other.GetByText("Done: this site's cookies are gone.")).ToBeVisibleAsync();
    }

    private async Task<string> CodeAsync(IBrowserContext person, string address)
    {
        var outbox = await person.NewPageAsync();
        await outbox.GotoAsync(house.Holdfast.Platform + "/outbox");
        var letter = await outbox.Locator("section.card", new() { HasText = address }).First.InnerTextAsync();
        await outbox.CloseAsync();
        return Code().Match(letter).Groups[1].Value;
    }

    [GeneratedRegex(@"Code: (\d{6})")]
    private static partial Regex Code();
}
