using System.Text;
using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>The four problems people have, each made to happen in more than one way: the page names the one that was made.</summary>
public sealed partial class TroubleSpecs(House house, OwnHoldfast own) : IClassFixture<OwnHoldfast>
{
    // The console makes things go wrong for everybody on that Platform.
    private readonly HoldfastProcess holdfast = own.Holdfast;

    [Fact]
    public async Task A_window_that_is_blocked_stays_blank_or_does_not_reach_TikTok_has_three_different_causes()
    {
        await using var person = await house.Chromium.PersonAsync(390);
        var page = await person.EnterStudioAsync(holdfast, "/help");
        await page.GetByRole(AriaRole.Link, new() { Name = "Find out what is wrong" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Check now: The window stays blank or does not open" }).ClickAsync();
        await ExpectWellAsync(page);

        await page.EvaluateAsync("window.open = () => null");
        await TryWindowAsync(page);
        await ExpectAsync(page, "WindowBlocked");
        await LookAsync(page, "studio-trouble-blocked");

        await person.RouteAsync("**/help/trouble/window?*", route => route.AbortAsync());
        await AgainAsync(page);
        await page.RunAndWaitForPopupAsync(() => TryWindowAsync(page));
        await ExpectAsync(page, "WindowBlank");

        await person.RouteAsync(url => url.StartsWith(holdfast.Platform, StringComparison.Ordinal), route => route.AbortAsync());
        await AgainAsync(page);
        await ExpectAsync(page, "SiteBlockedHere");
        await LookAsync(page, "studio-trouble-site-blocked");

        await person.UnrouteAllAsync();
        await AgainAsync(page);
        await TryWindowAsync(page);
        await Assertions.Expect(page.Locator("[data-look=Window]")).ToHaveAttributeAsync("data-verdict", "good");
        await ExpectWellAsync(page);
    }

    [Fact]
    public async Task A_sign_in_that_is_said_to_be_wrong_has_three_different_causes()
    {
        await using var careful = await house.Chromium.PersonAsync();
        // As an extension does that forgets every cookie at once.
        await careful.RouteAsync("**/sign-in/trouble/findings?*", async route =>
        {
            await careful.ClearCookiesAsync();
            await route.ContinueAsync();
        });
        var outside = await careful.NewPageAsync();
        await outside.GotoAsync(holdfast.Studio + "/sign-in");
        await outside.GetByRole(AriaRole.Link, new() { Name = "Signing in keeps failing" }).ClickAsync();
        await ExpectAsync(outside, "CookiesBlocked");
        await LookAsync(outside, "studio-trouble-cookies");

        await using var late = await house.Chromium.PersonAsync();
        await late.Clock.SetFixedTimeAsync(Clock.System.GetUtcNow().UtcDateTime.AddHours(-2));
        var page = await late.EnterStudioAsync(holdfast, "/help/trouble");
        await page.GetByRole(AriaRole.Link, new() { Name = "Check now: The sign-in is said to be wrong" }).ClickAsync();
        await ExpectAsync(page, "BrowserClock");
        await Assertions.Expect(page.Locator(".finding h2").First).ToContainTextAsync("2 hours");

        await using var person = await house.Chromium.PersonAsync();
        page = await person.EnterStudioAsync(holdfast, "/accounts");
        var popup = await page.OpenPopupAsync("Connect TikTok account");
        await popup.LogInAsync("ada", "the password of something else");
        await Assertions.Expect(popup.GetByText("That user name and password do not belong together")).ToBeVisibleAsync();
        await popup.CloseAsync();
        await page.GotoAsync(holdfast.Studio + "/help/trouble/sign-in");
        await ExpectAsync(page, "LeftAtSignInHere");
        await LookAsync(page, "studio-trouble-left");
        await page.GetByRole(AriaRole.Link, new() { Name = "Open the Platform's help for signing in" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(holdfast.Platform + "/login/trouble");
    }

    [Fact]
    public async Task An_error_after_Authorize_has_three_different_causes()
    {
        await using var person = await house.Chromium.PersonAsync(390);
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        await TellAsync(HttpMethod.Post, "weather/wrong-secret", "{}");
        await ConnectInVainAsync(page, "Authorize", signsIn: true);
        await page.GetByRole(AriaRole.Link, new() { Name = "Find out why" }).First.ClickAsync();
        await ExpectAsync(page, "SecretWrong");
        await LookAsync(page, "studio-trouble-secret");
        await TellAsync(HttpMethod.Delete, "weather/wrong-secret");
        await AgainAsync(page);
        await ExpectAsync(page, "SecretMended");

        await TellAsync(HttpMethod.Post, "faults", """{"kind":"status","place":"exchange","status":400,"code":"invalid_request","message":"Redirect_uri is not matched with the uri when requesting code."}""");
        await ConnectInVainAsync(page, "Authorize");
        await page.GetByRole(AriaRole.Link, new() { Name = "Find out why" }).First.ClickAsync();
        await ExpectAsync(page, "RedirectDiffers");

        await ConnectInVainAsync(page, "Cancel");
        await page.GotoAsync(holdfast.Studio + "/help/trouble/authorize");
        await ExpectAsync(page, "Declined");
    }

    [Fact]
    public async Task Accounts_that_disconnect_have_three_different_causes()
    {
        await using var person = await house.Chromium.PersonAsync();
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        await page.ConnectNewPersonAsync(holdfast, "vera.gone", "Vera Gone");
        await TellAsync(HttpMethod.Post, "accounts/vera.gone/remove-access", "{}");
        await LookUntilItEndsAsync(page);

        await using var other = await house.Chromium.PersonAsync();
        await TellAsync(HttpMethod.Put, "settings", """{"access_token_lifetime":"2s","refresh_token_lifetime":"2s"}""");
        var ending = await other.EnterStudioAsync(holdfast, "/accounts");
        await ending.ConnectNewPersonAsync(holdfast, "emil.ended", "Emil Ended");
        await LookUntilItEndsAsync(ending);
        await TellAsync(HttpMethod.Delete, "settings");

        await ending.GetByRole(AriaRole.Link, new() { Name = "Find out why" }).First.ClickAsync();
        await Assertions.Expect(FindingOf(ending, "Emil Ended")).ToHaveAttributeAsync("data-cause", "AccessEnded");
        // With its webhook TikTok names who removed it; without, its answers show that the grant is gone.
        await Assertions.Expect(FindingOf(ending, "Vera Gone")).ToHaveAttributeAsync("data-cause", Removed());
        await LookAsync(ending, "studio-trouble-ended");

        await TellAsync(HttpMethod.Post, "weather/wrong-secret", "{}");
        await AgainAsync(ending);
        await ExpectAsync(ending, "SecretWrong");
        await TellAsync(HttpMethod.Delete, "weather/wrong-secret");
    }

    private static ILocator FindingOf(IPage page, string name) => page.Locator(".finding", new() { Has = page.GetByRole(AriaRole.Heading, new() { NameRegex = new Regex($"^{name}:") }) });

    /// <summary>The first answer, once the checks have run.</summary>
    private static async Task ExpectAsync(IPage page, string cause)
    {
        await Assertions.Expect(page.Locator("#findings")).ToHaveAttributeAsync("aria-busy", "false");
        await Assertions.Expect(page.Locator(".finding").First).ToHaveAttributeAsync("data-cause", cause);
    }

    /// <summary>No trouble with windows. The other tests are the same member, whose try may still be open then.</summary>
    private static async Task ExpectWellAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("#findings")).ToHaveAttributeAsync("aria-busy", "false");
        await Assertions.Expect(page.Locator(".finding").First).ToHaveAttributeAsync("data-cause", Well());
    }

    private static Task TryWindowAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Try a window" }).ClickAsync();

    private static Task AgainAsync(IPage page) => page.GetByRole(AriaRole.Link, new() { Name = "Check again" }).ClickAsync();

    /// <summary>On a desk and on a phone, and there by night.</summary>
    private static async Task LookAsync(IPage page, string name)
    {
        await Look.AtBothAsync(page, name);
        var was = page.ViewportSize!; // set by Chromium.PersonAsync
        await page.SetViewportSizeAsync(390, was.Height);
        await Look.AtNightAsync(page, name);
        await page.SetViewportSizeAsync(was.Width, was.Height);
    }

    private async Task ConnectInVainAsync(IPage page, string button, bool signsIn = false)
    {
        await page.GotoAsync(holdfast.Studio + "/accounts");
        var popup = await page.OpenPopupAsync("Connect TikTok account");
        if (signsIn)
            await popup.LogInAsync("ada");
        await popup.AnswerAsync(button);
        await Assertions.Expect(page.Locator("#connect-result")).ToBeVisibleAsync();
    }

    private static async Task LookUntilItEndsAsync(IPage page)
    {
        await Until.TrueAsync("the account needs a sign-in", async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
            await page.WaitForURLAsync("**?looked=*");
            return await page.Locator("#account [data-state=needs-sign-in]").CountAsync() > 0;
        });
    }

    private async Task TellAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, $"{holdfast.Platform}/console/api/{path}");
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await Web.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [GeneratedRegex("^(none|StillOpen)$")]
    private static partial Regex Well();

    [GeneratedRegex("^Access(Gone|Removed)$")]
    private static partial Regex Removed();
}
