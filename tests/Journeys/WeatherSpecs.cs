using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>Weather, seen on both ends: a story begins at the Platform's console, Studio weathers it, and all heals when it is over.</summary>
public sealed class WeatherSpecs(House house)
{
    [Fact]
    public async Task A_two_hour_outage_loses_no_account_and_no_post()
    {
        // A Platform of its own: weather is for everybody who is on it.
        await using var holdfast = await HoldfastProcess.UpWithAsync(("HOLDFAST_KeepAlive__OpensAfter", "00:00:05"));
        var (name, caption) = ("Tova Lind", "Through the storm: the blue bowl");
        await using var person = await house.Chromium.PersonAsync();
        var page = await person.EnterStudioAsync(holdfast, "/accounts");
        await page.ConnectNewPersonAsync(holdfast, "tova", name);
        var account = new Uri(page.Url).GetLeftPart(UriPartial.Path);
        await page.ComposeAsync(holdfast, name, caption);
        await page.ScheduleAsync(now => now.AddMinutes(40));
        await Assertions.Expect(page.Locator("#post-now [data-state=scheduled]")).ToBeVisibleAsync();
        var post = new Uri(page.Url).GetLeftPart(UriPartial.Path);

        var console = await person.NewPageAsync();
        await console.GotoAsync(holdfast.Platform + "/console");
        await Look.AtBothAsync(console, "platform-console");
        await console.GetByRole(AriaRole.Button, new() { Name = "Start: Two-hour outage" }).ClickAsync();
        await Assertions.Expect(console.Locator("[data-weather=two-hour-outage]")).ToBeVisibleAsync();
        await Look.AtBothAsync(console, "platform-console-outage");

        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).ClickAsync(); // its time is now, and nothing answers
        await Until.TrueAsync("Studio asked and was refused by the weather", async () =>
        {
            await console.GotoAsync(holdfast.Platform + "/console/requests?errors=1");
            return await console.Locator("#requests tr[data-log-id]", new() { HasText = "console: outage" }).CountAsync() > 0;
        });
        await Look.AtBothAsync(console, "platform-console-requests");
        await page.GotoAsync(post);
        await Assertions.Expect(page.Locator("#post-now [data-state=published], #post-now [data-state=failed]")).ToHaveCountAsync(0);
        await Look.AtBothAsync(page, "studio-post-outage");
        await page.GotoAsync(account);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check now" }).ClickAsync();
        await Assertions.Expect(page.Locator("#account [data-state=live]")).ToBeVisibleAsync();
        await Look.AtBothAsync(page, "studio-account-outage");

        // One banner for all, without a reload, with a report to copy; and a page that anybody may read.
        await Assertions.Expect(page.Locator("#incidents [data-incident=tiktok-unavailable]")).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await Look.AtBothAsync(page, "studio-incident-banner");
        await page.Locator("#incidents").GetByRole(AriaRole.Button, new() { Name = "Copy report" }).ClickAsync();
        await Assertions.Expect(page.Locator("#announcer")).Not.ToBeEmptyAsync();
        Assert.Contains("tiktok-unavailable", await page.Locator("#incident-report-text").TextContentAsync(), StringComparison.Ordinal);
        await page.Locator("#incidents").GetByRole(AriaRole.Link, new() { Name = "How things stand" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-status=down] #now .moment")).ToHaveCountAsync(1);
        await Look.AtBothAsync(page, "studio-status-outage");
        await Look.AtNightAsync(page, "studio-status-outage");

        await console.GotoAsync(holdfast.Platform + "/console");
        await console.GetByRole(AriaRole.Button, new() { Name = "Stop: Two-hour outage" }).First.ClickAsync();
        await Assertions.Expect(console.Locator("[data-weather]")).ToHaveCountAsync(0);

        // Studio comes back by itself: a minute after its last try.
        await page.GotoAsync(post);
        await Assertions.Expect(page.Locator("#post-now [data-state=published]")).ToBeVisibleAsync(new() { Timeout = 400_000 });
        await page.GotoAsync(account);
        await Assertions.Expect(page.Locator("#account [data-state=live]")).ToBeVisibleAsync();
        await page.GotoAsync(holdfast.Platform + "/@tova");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = caption })).ToHaveCountAsync(1);

        await using var stranger = await house.Chromium.PersonAsync();
        var status = await stranger.NewPageAsync();
        await Until.TrueAsync("the incident is over", async () =>
        {
            await status.GotoAsync(holdfast.Studio + "/status");
            return await status.Locator("[data-status=good] #past .moment").CountAsync() == 1;
        });
        await Look.AtBothAsync(status, "studio-status");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Every_page_of_the_console_can_be_read_and_used_by_everybody(int width)
    {
        var holdfast = house.Holdfast;
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.NewPageAsync();
        foreach (var place in (string[])["faults", "posts", "settings", "accounts", "accounts/bruno", "clock", "requests", "reviews", "api"])
        {
            await page.GotoAsync($"{holdfast.Platform}/console/{place}");
            await Look.AtAsync(page, $"platform-console-{place.Replace('/', '-')}");
            await Look.AtNightAsync(page, $"platform-console-{place.Replace('/', '-')}");
        }
        // With something to show: a fault that no call of anybody meets.
        await page.GotoAsync($"{holdfast.Platform}/console/faults");
        await page.GetByLabel("Where").SelectOptionAsync("qrcode");
        await page.GetByLabel("For how long").FillAsync("1m");
        await page.GetByLabel("Account").FillAsync("ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add the fault" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The fault acts from now on.")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-console-fault");
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop all" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Nothing goes wrong.")).ToBeVisibleAsync();
    }
}
