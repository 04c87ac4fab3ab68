using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>"Continue with Pottery Club", from an app's authorization request to its consent.</summary>
[Collection(House.PotteryClub)]
public sealed partial class SocialSignInSpecs(House house)
{
    private string Request => $"{house.Holdfast.Platform}/v2/auth/authorize/?client_key=sbawdemoclient0001&response_type=code&scope=user.info.basic,video.list&state=s1"
        + $"&redirect_uri={Uri.EscapeDataString($"{house.Holdfast.Platform}/developers/get-a-code/callback/")}&code_challenge={new string('a', 64)}&code_challenge_method=S256&disable_auto_auth=1";

    [Theory]
    [InlineData(1440, "Mina Sato")]
    [InlineData(390, "Tomás Rivera")]
    public async Task Inside_an_authorization_request_one_continues_with_another_account_up_to_the_consent(int width, string member)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.NewPageAsync();
        await page.GotoAsync(Request);
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue with Pottery Club" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Who are you today?" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-social-picker");
        await Look.AtNightAsync(page, "platform-social-picker");

        await page.GetByRole(AriaRole.Button, new() { Name = member }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Choose your user name" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-social-welcome");
        await page.GetByLabel("User name").FillAsync($"club{width}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();

        await Assertions.Expect(page.GetByText($"@club{width}").First).ToBeVisibleAsync();
        await page.AuthorizeButton().ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(Guide());
        await page.GotoAsync(house.Holdfast.Platform + "/settings/security/linked");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Pottery Club" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-social-linked");

        await page.GetByRole(AriaRole.Button, new() { Name = "Unlink" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This is your only way in")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-social-last-way-in");
    }

    [Fact]
    public async Task Who_has_the_email_of_an_account_here_logs_in_to_link_it_and_is_known_from_then_on()
    {
        await using var person = await house.Chromium.PersonAsync(390);
        var page = await person.NewPageAsync();
        await ContinueAsync(page, "Ada Lindqvist");
        await Assertions.Expect(page.GetByText("An account here names this e-mail")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-social-known");
        await page.GetByRole(AriaRole.Link, new() { Name = "Log in to link" }).ClickAsync();
        await page.LogInAsync("ada");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Link Pottery Club?" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-social-link");
        await page.GetByRole(AriaRole.Button, new() { Name = "Link to @ada" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Apps with access" })).ToBeVisibleAsync();

        await using var later = await house.Chromium.PersonAsync();
        var again = await later.NewPageAsync();
        await ContinueAsync(again, "Ada Lindqvist");
        await Assertions.Expect(again.GetByText("@ada")).ToBeVisibleAsync();

        // As it was found.
        await again.GotoAsync(house.Holdfast.Platform + "/settings/security/linked");
        await again.GetByRole(AriaRole.Button, new() { Name = "Unlink" }).ClickAsync();
        await Assertions.Expect(again.GetByText("No account elsewhere opens this one.")).ToBeVisibleAsync();
    }

    private async Task ContinueAsync(IPage page, string member)
    {
        await page.GotoAsync(house.Holdfast.Platform + "/login?next=%2Fsettings%2Fapps");
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue with Pottery Club" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = member }).ClickAsync();
    }

    [GeneratedRegex("/developers/get-a-code")]
    private static partial Regex Guide();
}
