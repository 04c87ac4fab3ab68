using System.Net;
using System.Text.Json;
using Holdfast.People.SecondFactor;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>The second-factor pages, walked without script.</summary>
internal static class FactorPages
{
    public const string Factors = "/settings/security/factors";
    public const string Session = "hf_platform_session";
    public const string Step = "hf_platform_2fa";

    /// <summary>A browser at the Platform's name, where passkeys work.</summary>
    public static Visitor AtLocalhost(this PlatformUnderTest platform) => new(new Uri(platform.Origin()));

    public static string Origin(this PlatformUnderTest platform) => $"http://localhost:{platform.Http.BaseAddress!.Port}";

    /// <summary>Signs up, signs in, and sets up an authenticator app, all through the pages.</summary>
    public static async Task<Enrolled> WithTotpAsync(this PlatformUnderTest platform, Visitor browser, string userName)
    {
        await platform.PersonAsync(userName);
        await browser.LogInAsync(userName);
        return await platform.EnrolAsync(browser);
    }

    /// <summary>Sets up an authenticator app for whoever is signed in.</summary>
    public static async Task<Enrolled> EnrolAsync(this PlatformUnderTest platform, Visitor browser)
    {
        var enrol = await browser.SubmitAsync(await browser.GetAsync(Factors), Factors + "/totp");
        var seed = Base32.Decode(enrol.Page.QuerySelector("#totp-key")!.TextContent.Replace(" ", "", StringComparison.Ordinal));
        var done = await browser.SubmitAsync(enrol, Factors + "/totp/confirm", ("code", Totp.CodeAt(seed, Totp.StepAt(platform.Clock.GetUtcNow()))));
        // The step of that code is spent: the next code comes half a minute later.
        platform.Clock.Advance(TimeSpan.FromSeconds(30));
        return new Enrolled(platform, seed, done.Page.QuerySelector("#recovery-codes")?.TextContent.Split('\n') ?? []);
    }

    /// <summary>The first factor; the answer is the page that asks for the second.</summary>
    public static async Task<Visit> PasswordAsync(this Visitor browser, string userName, string next = "/")
    {
        var answer = await browser.LogInAsync(userName, next: next);
        Assert.Equal((303, "/login/code"), (answer.Status, answer.Location));
        return await browser.GetAsync("/login/code");
    }

    public static Task<Visit> CodeAsync(this Visitor browser, Visit step, string code) => browser.SubmitAsync(step, "/login/code", ("code", code));

    /// <summary>Whether a page for members opens.</summary>
    public static async Task<bool> IsInAsync(this Visitor browser) => (await browser.GetAsync("/settings/apps")).Status == 200;

    public static string? CookieValue(this Visitor browser, string name) => browser.Cookies.GetAllCookies().FirstOrDefault(cookie => cookie.Name == name)?.Value;

    public static void Plant(this Visitor browser, string name, string value, string host = "127.0.0.1") => browser.Cookies.Add(new Cookie(name, value, "/", host));

    /// <summary>What a page asks the browser to sign.</summary>
    public static JsonElement Question(this Visit page) =>
        JsonDocument.Parse(page.Page.QuerySelector("form[data-passkey]")?.GetAttribute("data-question") ?? throw new InvalidOperationException($"No question on: {page.Text}")).RootElement;

    /// <summary>Adds a passkey for whoever is signed in.</summary>
    public static async Task<Visit> AddPasskeyAsync(this Visitor browser, SoftPasskey passkey, string name = "Laptop")
    {
        var question = await browser.SubmitAsync(await browser.GetAsync(Factors), Factors + "/passkeys", ("name", name));
        return await browser.SubmitAsync(question, Factors + "/passkeys/answer", ("credential", passkey.Create(question.Question())));
    }

    /// <summary>The page that asks for a passkey of this account.</summary>
    public static async Task<Visit> AskPasskeyAsync(this Visitor browser, string login, string next = "/")
    {
        var page = await browser.GetAsync($"/login?next={Uri.EscapeDataString(next)}");
        var token = page.Page.QuerySelector("form[action='/login'] input[name=__RequestVerificationToken]")!.GetAttribute("value")!; // the page has the form
        return await browser.PostAsync("/login/passkey", ("__RequestVerificationToken", token), ("username", login), ("next", next));
    }

    public static Task<Visit> AnswerPasskeyAsync(this Visitor browser, Visit question, string credential) =>
        browser.SubmitAsync(question, "/login/passkey/answer", ("credential", credential));

    public static string PasskeyId(this Visit page) => page.Page.QuerySelector($"form[action='{Factors}/passkeys/remove'] input[name=id]")!.GetAttribute("value")!; // the caller added one
}

/// <summary>What somebody holds after setting up an authenticator app.</summary>
internal sealed record Enrolled(PlatformUnderTest Platform, byte[] Seed, IReadOnlyList<string> RecoveryCodes)
{
    /// <summary>What the app shows now, or some steps away.</summary>
    public string Code(int steps = 0) => Totp.CodeAt(Seed, Totp.StepAt(Platform.Clock.GetUtcNow()) + steps);
}
