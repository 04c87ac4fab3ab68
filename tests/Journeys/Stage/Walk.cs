using Microsoft.Playwright;

namespace Holdfast.Journeys.Stage;

/// <summary>The pages that only a form leads to. Goes by the names that forms send, so that it works in every language.</summary>
internal sealed class Walk(HoldfastProcess holdfast, string userName)
{
    /// <summary>What the walk writes itself.</summary>
    public const string Person = "Wanda Walker", App = "Walking app", Mail = "@walk.example.test";

    /// <summary>Stands still at every page and tells its name. Leaves one account more behind, and nothing else.</summary>
    public async IAsyncEnumerable<string> ThroughAsync(IPage page)
    {
        await foreach (var name in AsNewcomerAsync(page))
            yield return name;
        await foreach (var name in WithSecondFactorAsync(page))
            yield return name;
        await foreach (var name in AsClubMemberAsync(page))
            yield return name;
        await foreach (var name in WithPhoneAsync(page))
            yield return name;
    }

    private async IAsyncEnumerable<string> AsNewcomerAsync(IPage page)
    {
        await GoAsync(page, "/signup?next=%2Fsettings%2Fsecurity");
        await FillAsync(page, ("username", userName), ("displayName", Person), ("email", userName + Mail), ("password", Steps.Password));
        await PressAsync(page, "/signup");
        await page.Locator("#email-card").WaitForAsync();
        yield return "platform-settings-security-waiting";
        await GoAsync(page, "/outbox");
        yield return "platform-outbox-letter";
        await GoAsync(page, "/developers");
        yield return "platform-developers-none";
        await FillAsync(page, ("name", App), ("desktop", "http://localhost:*/callback/"));
        await PressAsync(page, "/developers/apps");
        await page.Locator("#client-secret").WaitForAsync();
        yield return "platform-developers-secret";
    }

    private async IAsyncEnumerable<string> WithSecondFactorAsync(IPage page)
    {
        const string Factors = "/settings/security/factors";
        await GoAsync(page, Factors);
        await PressAsync(page, Factors + "/totp");
        var app = new AuthenticatorApp(await page.Locator("#totp-key").InnerTextAsync());
        yield return "platform-factors-totp";
        await FillAsync(page, ("code", app.Code()));
        await PressAsync(page, Factors + "/totp/confirm");
        await page.Locator("#recovery-codes").WaitForAsync();
        yield return "platform-factors-codes";
        await GoAsync(page, Factors);
        yield return "platform-factors-on";

        await LogOutAsync(page);
        await GoAsync(page, "/login");
        await FillAsync(page, ("username", userName), ("password", Steps.Password));
        await PressAsync(page, "/login");
        await page.Locator("[name=code]").WaitForAsync();
        yield return "platform-second-factor";
        await GoAsync(page, "/login");
        await FillAsync(page, ("username", "nobody-at-all"));
        await page.Locator("[formaction='/login/passkey']").ClickAsync();
        await page.Locator("[data-passkey]").WaitForAsync();
        yield return "platform-passkey";
    }

    private async IAsyncEnumerable<string> AsClubMemberAsync(IPage page)
    {
        const string Linked = "/settings/security/linked";
        await GoAsync(page, $"/login?next={Uri.EscapeDataString(Linked)}");
        await page.Locator("form[action^='/login/with/'] button").ClickAsync();
        await page.Locator("[name=person][value=club-0042]").WaitForAsync();
        yield return "platform-social-picker";
        await page.Locator("[name=person][value=club-0042]").ClickAsync();
        await page.Locator("#email-is-taken").WaitForAsync();
        yield return "platform-social-known";
        await page.Locator("#email-is-taken a.button").ClickAsync();
        await page.Locator(".demo-person[value=ada]").ClickAsync();
        await page.Locator("form[action$='/link']").WaitForAsync();
        yield return "platform-social-link";
        await page.Locator("form[action$='/link'] button").ClickAsync();
        await page.Locator("#linked-0").WaitForAsync();
        yield return "platform-social-linked";
        await PressAsync(page, Linked + "/remove");
        await Assertions.Expect(page.Locator("#linked-0")).ToHaveCountAsync(0);
    }

    /// <summary>Signed in as ada; nothing is granted.</summary>
    private async IAsyncEnumerable<string> WithPhoneAsync(IPage page)
    {
        const string Guide = "/developers/get-a-code/qr";
        await GoAsync(page, Guide);
        await PressAsync(page, Guide + "/begin");
        var link = await page.Locator("#qr-link").InnerTextAsync();
        yield return "platform-qr-shown";
        await page.GotoAsync(link);
        yield return "platform-qr-confirm";
        await page.Locator("[name=decision][value=refuse]").ClickAsync();
        await Assertions.Expect(page.Locator("#compare")).ToHaveCountAsync(0);
        yield return "platform-qr-refused";
        await page.GotoAsync(link);
        yield return "platform-qr-lapsed";
        await LogOutAsync(page);
    }

    private Task GoAsync(IPage page, string path) => page.GotoAsync(holdfast.Platform + path);

    private static async Task LogOutAsync(IPage page)
    {
        await PressAsync(page, "/logout");
        await Assertions.Expect(page.Locator("form[action='/logout']")).ToHaveCountAsync(0);
    }

    private static async Task FillAsync(IPage page, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
            await page.Locator($"main [name={name}]").First.FillAsync(value);
    }

    private static Task PressAsync(IPage page, string action) => page.Locator($"form[action='{action}'] button:not([type=button])").First.ClickAsync();
}
