using Microsoft.Playwright;

namespace Holdfast.Journeys.Stage;

/// <summary>The pages of both apps that have an address, with the demo's content on them.</summary>
internal sealed class Places(HoldfastProcess holdfast)
{
    private static readonly string Challenge = new('a', 64);

    private string Consent => $"{holdfast.Platform}/v2/auth/authorize/?client_key=sbawdemoclient0001&response_type=code&scope=user.info.basic,user.info.profile,user.info.stats,platform.follow.list,video.list,video.upload,video.publish"
        + $"&redirect_uri={Uri.EscapeDataString("http://localhost:7999/callback/")}&state=some-state&code_challenge={Challenge}&code_challenge_method=S256&disable_auto_auth=1";

    /// <summary>What anybody sees.</summary>
    public IReadOnlyList<(string Name, string Address)> Outside =>
    [
        ("studio-sign-in", holdfast.Studio + "/sign-in"),
        ("studio-guest-over", holdfast.Studio + "/connect/link?t=none"),
        ("studio-sign-in-trouble", holdfast.Studio + "/sign-in/trouble"),
        ("platform-home", holdfast.Platform + "/"),
        ("platform-login", holdfast.Platform + "/login"),
        ("platform-signup", holdfast.Platform + "/signup"),
        ("platform-login-code", holdfast.Platform + "/login/letter"),
        ("platform-login-code-enter", holdfast.Platform + "/login/letter/enter"),
        ("platform-login-reset", holdfast.Platform + "/login/reset"),
        ("platform-login-reset-code", holdfast.Platform + "/login/reset/code"),
        ("platform-login-reset-link", holdfast.Platform + "/login/reset/link?token=x"),
        ("platform-login-trouble", holdfast.Platform + "/login/trouble"),
        ("platform-social-trouble", holdfast.Platform + "/login/with/pottery-club/callback"),
        ("platform-outbox", holdfast.Platform + "/outbox"),
        ("platform-qr-guide", holdfast.Platform + "/developers/get-a-code/qr"),
        ("platform-profile", holdfast.Platform + "/@bruno"),
        ("platform-followers", holdfast.Platform + "/@bruno/followers"),
        ("platform-problem", Consent.Replace("sbawdemoclient0001", "nobody", StringComparison.Ordinal)),
        ("platform-missing", holdfast.Platform + "/no/such/page"),
    ];

    /// <summary>What the owner of Studio sees, who is a creator at the Platform too.</summary>
    public async Task<IReadOnlyList<(string Name, string Address)>> InsideAsync(IPage page) =>
    [
        ("studio-home", holdfast.Studio + "/"),
        ("studio-calendar", holdfast.Studio + "/calendar"),
        ("studio-compose", holdfast.Studio + "/compose"),
        ("studio-posts", holdfast.Studio + "/posts"),
        ("studio-posts-empty", holdfast.Studio + "/posts?show=cancelled"),
        ("studio-post", await FirstLinkAsync(page, holdfast.Studio + "/posts?show=published", "a.post-title")),
        ("studio-post-waiting", await FirstLinkAsync(page, holdfast.Studio + "/posts?show=needs-you", "a.post-title")),
        ("studio-accounts", holdfast.Studio + "/accounts"),
        ("studio-account", await FirstLinkAsync(page, holdfast.Studio + "/accounts", "h2.person-name a")),
        ("studio-followers", await FirstLinkAsync(page, holdfast.Studio + "/accounts", "h2.person-name a") + "/followers"),
        ("studio-account-live", await FirstLinkAsync(page, holdfast.Studio + "/accounts", ".card:has([data-state=live]) h2.person-name a")),
        ("studio-followers-live", await FirstLinkAsync(page, holdfast.Studio + "/accounts", ".card:has([data-state=live]) h2.person-name a") + "/followers"),
        ("studio-disconnect", await FirstLinkAsync(page, holdfast.Studio + "/accounts", "h2.person-name a") + "/disconnect"),
        ("studio-connect-refused", holdfast.Studio + "/connect/refused?why=too-late"),
        ("studio-connect-qr", holdfast.Studio + "/connect/qr/"),
        ("studio-link-new", holdfast.Studio + "/accounts/links/new"),
        ("studio-help", holdfast.Studio + "/help"),
        ("studio-trouble", holdfast.Studio + "/help/trouble"),
        ("studio-trouble-disconnects", holdfast.Studio + "/help/trouble/disconnects"),
        ("studio-help-connecting", holdfast.Studio + "/help/connecting-an-account"),
        ("studio-help-code", holdfast.Studio + "/help/getting-a-code"),
        ("studio-notices", holdfast.Studio + "/notices?show=all"),
        ("studio-settings", holdfast.Studio + "/settings"),
        ("studio-settings-notices", holdfast.Studio + "/settings/notices"),
        ("studio-settings-webhook", holdfast.Studio + "/settings/webhook"),
        ("studio-settings-email", holdfast.Studio + "/settings/email"),
        ("studio-missing", holdfast.Studio + "/no/such/page"),
        ("platform-home-known", holdfast.Platform + "/"),
        ("platform-consent", Consent),
        ("platform-settings-profile", holdfast.Platform + "/settings/profile"),
        ("platform-settings-security", holdfast.Platform + "/settings/security"),
        ("platform-settings-activity", holdfast.Platform + "/settings/activity"),
        ("platform-linked", holdfast.Platform + "/settings/security/linked"),
        ("platform-apps", holdfast.Platform + "/settings/apps"),
        ("platform-factors", holdfast.Platform + "/settings/security/factors"),
        ("platform-own-profile", holdfast.Platform + "/@bruno"),
        ("platform-video", await FirstLinkAsync(page, holdfast.Platform + "/@bruno", "a.video-title")),
        ("platform-video-delete", await FirstLinkAsync(page, holdfast.Platform + "/@bruno", "a.video-title") + "/delete"),
        ("platform-inbox", holdfast.Platform + "/inbox"),
        ("platform-developers", holdfast.Platform + "/developers"),
        ("platform-get-a-code", holdfast.Platform + "/developers/get-a-code"),
        ("platform-url-properties", holdfast.Platform + "/developers/url-properties"),
        ("platform-pixels", holdfast.Platform + "/developers/pixels"),
    ];

    /// <summary>Signs in at both, with one click each.</summary>
    public async Task<IPage> EnterAsync(IBrowserContext person)
    {
        var page = await person.EnterStudioAsync(holdfast);
        await page.GotoAsync(holdfast.Platform + "/login");
        await page.Locator("button.demo-person[value=bruno]").ClickAsync();
        await page.HasLeftAsync("/login");
        return page;
    }

    private static async Task<string> FirstLinkAsync(IPage page, string address, string selector)
    {
        await page.GotoAsync(address);
        return new Uri(new Uri(address), await page.Locator(selector).First.GetAttributeAsync("href")).AbsoluteUri;
    }
}
