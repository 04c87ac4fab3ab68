using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>The developer portal, on a desk and on a phone.</summary>
public sealed class PortalSpecs(House house)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task From_registration_to_a_working_key_and_on_to_a_change_and_a_new_secret(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await EnterAsync(person, $"portal{width}");
        await Look.AtAsync(page, "platform-developers-none");

        await page.GetByLabel("App name").FillAsync("Kiln");
        await page.GetByLabel("Redirect URIs for Desktop").FillAsync($"{house.Holdfast.Platform}/developers/get-a-code/callback/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create app" }).ClickAsync();
        var secret = await page.Locator("#client-secret").InnerTextAsync();
        await Look.AtAsync(page, "platform-developers-secret");

        // The key works: a person is asked, and the code buys tokens.
        await page.GetByRole(AriaRole.Link, new() { Name = "Get a code with it" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the authorization page" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Kiln asks to use your account" })).ToBeVisibleAsync();
        await page.AuthorizeButton().ClickAsync();
        await page.GetByLabel("Client Secret").FillAsync(secret);
        await page.GetByRole(AriaRole.Button, new() { Name = "Exchange the code", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#exchange-answer")).ToContainTextAsync("\"access_token\"");

        await page.GotoAsync(house.Holdfast.Platform + "/developers");
        await Look.AtAsync(page, "platform-developers-apps");
        await page.GetByRole(AriaRole.Link, new() { Name = "Kiln", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator(".page-head [data-state=live]")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-app-details");
        await page.GetByRole(AriaRole.Link, new() { Name = "Products & scopes" }).ClickAsync();
        await page.Locator("label[for=product-ContentPosting]").ClickAsync();
        await page.Locator("label[for=scope-video-upload]").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("#standing")).ToContainTextAsync("Changes that do not count yet");
        await Look.AtAsync(page, "platform-app-products");
        await TabAsync(page, "Redirect URIs");
        await page.GetByLabel("Redirect URIs for Web").FillAsync("http://kiln.example/cb");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.Locator("#web-error")).ToContainTextAsync("begins with https://");
        await Look.AtAsync(page, "platform-app-redirects-refused");
        await page.GetByLabel("Redirect URIs for Web").FillAsync("https://kiln.example/cb");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "See the changes" }).ClickAsync();
        await Assertions.Expect(page.Locator("#changes")).ToContainTextAsync("https://kiln.example/cb");
        await Look.AtAsync(page, "platform-app-review-changes");
        await Look.AtNightAsync(page, "platform-app-review-changes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it live" }).ClickAsync();
        await Assertions.Expect(page.Locator("#done")).ToContainTextAsync("Live");
        await Look.AtAsync(page, "platform-app-review-live");

        await TabAsync(page, "Credentials");
        await Look.AtAsync(page, "platform-app-credentials");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a new secret" }).ClickAsync();
        Assert.NotEqual(secret, await page.Locator("#client-secret").InnerTextAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "To the app" }).ClickAsync();
        await TabAsync(page, "Credentials");
        await Assertions.Expect(page.Locator("#old-secret")).ToContainTextAsync("Two secrets work right now");
        await Look.AtAsync(page, "platform-app-credentials-two");
        await TabAsync(page, "Audit log");
        await Assertions.Expect(page.Locator("#chain")).ToContainTextAsync("all are as they were written");
        await Look.AtAsync(page, "platform-app-audit");
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Equal("audit-log.csv", file.SuggestedFilename);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_sandbox_refuses_whom_it_does_not_know_and_lets_a_target_user_in(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await EnterAsync(person, $"sandbox{width}");
        await page.GetByLabel("App name").FillAsync("Glaze");
        await page.GetByLabel("Redirect URIs for Desktop").FillAsync("http://localhost:7999/callback/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create app" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "To the app" }).ClickAsync();
        await TabAsync(page, "Sandboxes");
        await Look.AtAsync(page, "platform-app-sandboxes-none");
        await page.GetByLabel("Name of the sandbox").FillAsync("Glaze trial");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the sandbox" }).ClickAsync();
        var key = await page.Locator("#client-key").InnerTextAsync();
        Assert.StartsWith("sbaw", key, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a target user" }).ClickAsync();
        await Look.AtAsync(page, "platform-sandbox-targets-none");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a link" }).ClickAsync();
        var link = await page.Locator("#target-link").InnerTextAsync();
        await Look.AtAsync(page, "platform-sandbox-target-link");

        var request = $"{house.Holdfast.Platform}/v2/auth/authorize/?client_key={key}&response_type=code&scope=user.info.basic&redirect_uri={Uri.EscapeDataString("http://localhost:7999/callback/")}&state=s&code_challenge={new string('a', 64)}&code_challenge_method=S256";
        await using var tester = await house.Chromium.PersonAsync(width);
        var other = await tester.NewPageAsync();
        await other.GotoAsync(house.Holdfast.Platform + "/login");
        await other.Locator("button.demo-person[value=chidi]").ClickAsync();
        await other.GotoAsync(request);
        await Assertions.Expect(other.GetByText("This account is no target user of the sandbox")).ToBeVisibleAsync();
        await Look.AtAsync(other, "platform-sandbox-refused");

        await other.GotoAsync(link);
        await Look.AtAsync(other, "platform-sandbox-accept");
        await other.Locator("label[for=agree]").ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Become a target user" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "You are a target user" })).ToBeVisibleAsync();
        await Look.AtAsync(other, "platform-sandbox-accepted");
        await other.GotoAsync(request);
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = "Glaze trial asks to use your account" })).ToBeVisibleAsync();
        await Look.AtAsync(other, "platform-sandbox-consent");

        await page.GotoAsync(new Uri(new Uri(house.Holdfast.Platform), new Uri(page.Url).AbsolutePath.Replace("/targets", "", StringComparison.Ordinal)).AbsoluteUri);
        await Assertions.Expect(page.GetByText("@chidi")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-sandbox-targets");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the app" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Glaze trial" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-app-sandboxes");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task An_organization_is_made_somebody_joins_and_an_app_goes_over_to_it(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await EnterAsync(person, $"boss{width}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Organizations" }).ClickAsync();
        await page.GetByLabel("Name").FillAsync("Kiln & Co");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create organization" }).ClickAsync();
        await page.GetByLabel("User name or e-mail").FillAsync("@ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Invited.").First).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-organization");

        await using var invited = await house.Chromium.PersonAsync(width);
        var other = await invited.NewPageAsync();
        await other.GotoAsync(house.Holdfast.Platform + "/login?next=/developers/organizations");
        await other.Locator("button.demo-person[value=ada]").ClickAsync();
        await Assertions.Expect(other.GetByText("You are invited to Kiln & Co").First).ToBeVisibleAsync();
        await Look.AtAsync(other, "platform-organization-invited");
        await other.GetByRole(AriaRole.Button, new() { Name = "No, thanks" }).First.ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Your apps" }).ClickAsync();
        await page.GetByLabel("App name").FillAsync("Wheel");
        await page.GetByLabel("Redirect URIs for Desktop").FillAsync("http://localhost:7999/callback/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create app" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "To the app" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask for the transfer" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Waits for an admin of Kiln & Co")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Organizations" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Kiln & Co" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept the app" }).ClickAsync();
        await Assertions.Expect(page.Locator("#apps").GetByRole(AriaRole.Link, new() { Name = "Wheel" })).ToBeVisibleAsync();
    }

    private static Task TabAsync(IPage page, string name) => page.GetByRole(AriaRole.Navigation, new() { Name = "Pages of this app" }).GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();

    private async Task<IPage> EnterAsync(IBrowserContext person, string userName)
    {
        var page = await person.NewPageAsync();
        await page.GotoAsync(house.Holdfast.Platform + "/login?next=/developers");
        await page.SignUpAsync(userName, userName);
        await page.WaitForURLAsync(new Regex("/developers$"));
        return page;
    }
}
