using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>What goes wrong with the window for TikTok, and the two ways that need none: a phone that scans, a link for somebody without a seat.</summary>
/// <remarks>Shares the house: whoever connects here signs up anew, and nobody loses access.</remarks>
public sealed partial class WindowSpecs(House house)
{
    [Fact]
    public async Task Windows_that_stay_empty_are_kept_off_or_fall_silent_are_told_apart_and_no_stranger_is_believed()
    {
        var holdfast = house.Holdfast;
        await using var person = await house.Chromium.PersonAsync();
        await person.Clock.InstallAsync();
        var page = await person.EnterStudioAsync(holdfast, "/accounts");

        // Something opens an empty window in the place of ours: our server never hears of it.
        await page.EvaluateAsync("self.realOpen = window.open; window.open = (address, ...rest) => realOpen.call(window, 'about:blank', ...rest)");
        await (await OpenAsync(page)).CloseAsync();
        await TellsAsync(page, "blank", "The window opened, but nothing came up in it");
        await Look.AtAsync(page, "studio-accounts-blank");
        await page.EvaluateAsync("window.open = self.realOpen");

        // The way to TikTok is cut without a word, as some extensions do: our own page stands in the window, and says so.
        await person.RouteAsync(holdfast.Platform + "/v2/auth/authorize/**", route => route.AbortAsync("aborted"));
        var popup = await OpenAsync(page);
        await Assertions.Expect(popup.GetByRole(AriaRole.Heading, new() { Name = "Opening TikTok" })).ToBeVisibleAsync();
        await person.Clock.FastForwardAsync(9_000);
        await Assertions.Expect(popup.GetByText("TikTok’s page has not come up.")).ToBeVisibleAsync();
        await Look.ShootAsync(popup, "studio-connect-start"); // a page whose way on was cut never counts as loaded, so there is no more to look at
        await TellsAsync(page, "extension", "Studio answers, and TikTok does not come up");
        await popup.CloseAsync();

        // An extension keeps everything of TikTok's off: the waiting page finds out by asking.
        await person.UnrouteAllAsync();
        await person.RouteAsync(holdfast.Platform + "/**", route => route.AbortAsync("blockedbyclient"));
        popup = await OpenAsync(page);
        await TellsAsync(page, "extension", "Studio answers, and TikTok does not come up");
        await Assertions.Expect(page.Locator("#connect-extension")).ToContainTextAsync(new Uri(holdfast.Platform).Authority);
        await Look.AtAsync(page, "studio-accounts-kept-off");
        await popup.CloseAsync();
        await person.UnrouteAllAsync();

        // All is well, and the person closes the window: nobody may look into it, so only time tells. The server's three quarters of a minute are its rule's specs'.
        popup = await OpenAsync(page);
        await Assertions.Expect(popup.GetByLabel("User name or e-mail")).ToBeVisibleAsync();
        await StrangersAsync(page);
        await page.RouteAsync("**/connect/tickets/*", async route =>
        {
            var answer = await route.FetchAsync();
            Assert.Contains("\"trouble\":\"none\"", await answer.TextAsync(), StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = (await answer.TextAsync()).Replace("\"none\"", "\"quiet\"", StringComparison.Ordinal) });
        });
        await popup.CloseAsync();
        await TellsAsync(page, "quiet", "Still waiting for TikTok");
        await Look.AtAsync(page, "studio-accounts-silent");
        await page.Locator("#connect-quiet").GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-connect-box]:visible")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_phone_connects_the_account_that_a_screen_asks_for()
    {
        var holdfast = house.Holdfast;
        await using var desk = await house.Chromium.PersonAsync();
        await using var phone = await house.Chromium.PersonAsync(390);
        var screen = await desk.EnterStudioAsync(holdfast, "/connect/qr/");
        var letters = await screen.Locator("#qr-letters").InnerTextAsync();
        await Look.AtAsync(screen, "studio-connect-qr-new");

        var page = await phone.NewPageAsync();
        await page.GotoAsync(holdfast.Platform + "/login");
        await page.SignUpAsync("qr.phone", "Quinn Marsh");
        await page.GotoAsync((await screen.Locator("#qr-link").GetAttributeAsync("href"))!);
        await Assertions.Expect(page.Locator("#compare")).ToHaveTextAsync(letters);
        await Assertions.Expect(screen.Locator("#qr-scanned")).ToBeVisibleAsync();
        await Look.AtAsync(screen, "studio-connect-qr-scanned");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }).ClickAsync();

        await Assertions.Expect(screen.GetByText("Quinn Marsh is connected.")).ToBeVisibleAsync();
        await Assertions.Expect(screen.Locator("#account [data-state=live]")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Somebody_without_a_seat_connects_on_a_phone_by_a_link_and_the_team_sees_it()
    {
        var holdfast = house.Holdfast;
        await using var owner = await house.Chromium.PersonAsync();
        await using var client = await house.Chromium.PersonAsync(390);
        var page = await owner.EnterStudioAsync(holdfast, "/accounts");
        await page.GetByRole(AriaRole.Link, new() { Name = "Invite by link" }).ClickAsync();
        await page.GetByLabel("Whom is it for?").FillAsync("Lena’s ceramics");
        await page.GetByLabel("How long shall it work?").SelectOptionAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make the link" }).ClickAsync();
        var link = await page.Locator("#link").InnerTextAsync();
        await Look.AtAsync(page, "studio-link-made");

        var guest = await client.NewPageAsync();
        await guest.GotoAsync(link);
        await Assertions.Expect(guest).ToHaveURLAsync(holdfast.Studio + "/connect/guest"); // the link itself is gone from the address bar
        await Assertions.Expect(guest.GetByText("invites you to connect your TikTok account to Kiln & Tide")).ToBeVisibleAsync();
        await Look.AtAsync(guest, "studio-guest");
        await Look.AtNightAsync(guest, "studio-guest");
        await guest.GetByRole(AriaRole.Button, new() { Name = "Continue to TikTok" }).ClickAsync();
        await guest.SignUpAsync("lena.clay", "Lena Clay");
        await guest.AuthorizeButton().ClickAsync();
        await Assertions.Expect(guest.GetByText("Lena Clay is connected. Thank you.")).ToBeVisibleAsync();
        await Look.AtAsync(guest, "studio-guest-done");
        await guest.GotoAsync(holdfast.Studio + "/accounts");
        await Assertions.Expect(guest).ToHaveURLAsync(SignIn()); // it opened nothing else

        await page.GotoAsync(holdfast.Studio + "/accounts");
        var row = page.Locator("#links tr", new() { HasText = "Lena’s ceramics" });
        await Assertions.Expect(row).ToContainTextAsync("Lena Clay");
        await Look.AtAsync(page, "studio-accounts-links");
        await row.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("taken back");
        await guest.GotoAsync(link);
        await Assertions.Expect(guest.GetByRole(AriaRole.Heading, new() { Name = "This link does not work" })).ToBeVisibleAsync();
    }

    private static Task<IPage> OpenAsync(IPage page) => page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Connect TikTok account" }).First.ClickAsync());

    // The page's own clock runs ahead, a second at a time, until it tells.
    private static async Task TellsAsync(IPage page, string box, string title)
    {
        await Until.TrueAsync($"the page tells of {box}", async () =>
        {
            await page.Context.Clock.FastForwardAsync(1_000);
            return await page.Locator($"#connect-{box}").IsVisibleAsync();
        }, Chromium.Patience);
        await Assertions.Expect(page.Locator($"#connect-{box}")).ToContainTextAsync(title);
        await Assertions.Expect(page.Locator("[data-connect-box]:visible")).ToHaveCountAsync(1);
    }

    // Case 108: words from another window, for another ticket, or with a way out of Studio move nothing.
    private static async Task StrangersAsync(IPage page)
    {
        await page.EvaluateAsync("""
            () => {
              const ticket = document.querySelector("[data-connect-ticket]").value;
              const channel = new BroadcastChannel("holdfast-connect");
              for (const href of ["https://evil.example/", "//evil.example/accounts/", "/\\evil.example/accounts/", "javascript:alert(1)", "/sign-out", "/accountsx", null, 7, ["/accounts/"]]) {
                channel.postMessage({ ticket, href });
                window.postMessage({ ticket, href }, "*");
              }
              for (const other of [null, undefined, "", "0".repeat(32), { toString: () => ticket }.toString().slice(1)]) channel.postMessage({ ticket: other, href: "/accounts/somewhere" });
              channel.postMessage(null);
              window.postMessage({ ticket, href: "/accounts/somewhere" }, "*");
            }
            """);
        await page.Context.Clock.FastForwardAsync(2_500);
        await Assertions.Expect(page.Locator("#connect-waiting")).ToBeVisibleAsync();
        Assert.EndsWith("/accounts", page.Url, StringComparison.Ordinal);
    }

    [GeneratedRegex("/sign-in")]
    private static partial Regex SignIn();
}
