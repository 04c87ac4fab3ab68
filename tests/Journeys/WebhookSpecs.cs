using System.Net;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>A developer on one machine with the Platform: hears an event, shows an address to be theirs, and counts a page.</summary>
public sealed class WebhookSpecs(House house)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_developer_hears_a_test_event_shows_an_address_to_be_theirs_and_counts_a_page(int width)
    {
        await using var shop = await Shop.OpenAsync();
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.NewPageAsync();
        await page.GotoAsync($"{house.Holdfast.Platform}/signup?next=%2Fdevelopers");
        await FillAsync(page, ("username", $"hooks{width}"), ("displayName", "Hanna Hooks"), ("email", $"hooks{width}@hooks.example.test"), ("password", Steps.Password));
        await PressAsync(page, "/signup");
        await FillAsync(page, ("name", "Bell"), ("desktop", "http://localhost:*/callback/"));
        await PressAsync(page, "/developers/apps");
        await page.Locator("#client-secret").WaitForAsync();
        await page.GotoAsync(house.Holdfast.Platform + "/developers");
        await page.GetByRole(AriaRole.Link, new() { Name = "Bell" }).ClickAsync();
        var app = new Uri(page.Url).AbsolutePath;

        await page.GotoAsync($"{house.Holdfast.Platform}{app}/webhooks");
        await Look.AtAsync(page, "platform-webhooks-none");
        await FillAsync(page, ("url", "https://169.254.169.254/latest/meta-data/"));
        await PressAsync(page, app + "/webhooks");
        await Assertions.Expect(page.GetByText("Only the public internet is called.")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-webhooks-refused");
        await FillAsync(page, ("url", shop.Address + "/hooks"));
        await PressAsync(page, app + "/webhooks");

        shop.Status = 500;
        await PressAsync(page, app + "/webhooks/test");
        await ReloadUntilAsync(page, "[data-state=dropped]");
        shop.Status = 200;
        await page.Locator("[name=event]").SelectOptionAsync("post.publish.complete");
        await PressAsync(page, app + "/webhooks/test");
        await ReloadUntilAsync(page, "[data-state=delivered]");
        await Look.AtAsync(page, "platform-webhooks");
        await Look.AtNightAsync(page, "platform-webhooks");

        await page.GetByRole(AriaRole.Link, new() { Name = "authorization.removed" }).ClickAsync();
        await Look.AtAsync(page, "platform-webhooks-delivery");
        await Look.AtNightAsync(page, "platform-webhooks-delivery");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await ReloadUntilAsync(page, "[data-state=delivered]");
        Assert.Equal(3, shop.Heard);

        await page.GotoAsync(house.Holdfast.Platform + "/developers/url-properties");
        await page.Locator("[name=kind]").SelectOptionAsync("prefix");
        await FillAsync(page, ("value", shop.Address + "/media/"));
        await PressAsync(page, "/developers/url-properties");
        shop.Proof = (await page.Locator("[id$='-proof']").InnerTextAsync()).Trim();
        await Look.AtAsync(page, "platform-url-properties-open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Verify" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-state=verified]")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-url-properties-verified");
        await Look.AtNightAsync(page, "platform-url-properties-verified");

        await page.GotoAsync(house.Holdfast.Platform + "/developers/pixels");
        await FillAsync(page, ("name", "Shop"));
        await PressAsync(page, "/developers/pixels");
        shop.Snippet = await page.Locator("#snippet").InnerTextAsync();
        var pixel = page.Url;
        var visitor = await person.NewPageAsync();
        // The script's two events are on their way before the page counts as still.
        await visitor.GotoAsync(shop.Address + "/bowl?session=secret", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.GotoAsync(pixel);
        await Assertions.Expect(page.GetByText("PageView", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("AddToCart", new() { Exact = true })).ToBeVisibleAsync();
        Assert.DoesNotContain("secret", await page.Locator("#log").InnerTextAsync(), StringComparison.Ordinal);
        await Look.AtAsync(page, "platform-pixel");
        await Look.AtNightAsync(page, "platform-pixel");
    }

    private static async Task FillAsync(IPage page, params (string Name, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
            await page.Locator($"[name={name}]").FillAsync(value);
    }

    private static async Task PressAsync(IPage page, string action)
    {
        // The page that answers has no such mark; events of loading can be missed.
        await page.EvaluateAsync("document.documentElement.dataset.left = 'yes'");
        await page.Locator($"form[action='{action}'] button[type=submit], form[action='{action}'] button:not([type])").First.ClickAsync();
        await Assertions.Expect(page.Locator("html:not([data-left])")).ToBeAttachedAsync(new() { Timeout = 60_000 });
    }

    private static Task ReloadUntilAsync(IPage page, string selector) => Until.TrueAsync($"the page shows {selector}", async () =>
    {
        await page.ReloadAsync();
        return await page.Locator(selector).CountAsync() > 0;
    });

    /// <summary>The developer's own server: callbacks, the file that proves it, and a page with the snippet.</summary>
    private sealed class Shop : IAsyncDisposable
    {
        private readonly WebApplication app;

        private Shop(WebApplication app) => this.app = app;

        public string Address => app.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        public int Status { get; set; } = 200;

        public int Heard { get; private set; }

        public string Proof { get; set; } = "";

        public string Snippet { get; set; } = "";

        public static async Task<Shop> OpenAsync()
        {
            var builder = WebApplication.CreateEmptyBuilder(new());
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
            builder.Services.AddRouting();
            var app = builder.Build();
            var shop = new Shop(app);
            app.MapPost("/hooks", () =>
            {
                shop.Heard++;
                return Results.StatusCode(shop.Status);
            });
            app.MapGet("/media/{file}", () => shop.Proof);
            app.MapGet("/bowl", () => Results.Content($"<!DOCTYPE html><html lang=en><head><title>Bowl</title>{shop.Snippet}</head><body>A bowl.</body></html>", "text/html"));
            await app.StartAsync();
            return shop;
        }

        public async ValueTask DisposeAsync()
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }
}
