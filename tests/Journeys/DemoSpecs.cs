using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>The demo's story, told by the same pages and workers that serve a visitor.</summary>
public sealed class DemoSpecs(House house)
{
    [Fact]
    public async Task A_demo_cut_off_in_the_middle_is_finished_by_the_next_start_and_told_once()
    {
        await using var first = HoldfastProcess.Begin();
        await first.SaidAsync("Filling the demo");
        await Task.Delay(TimeSpan.FromSeconds(2), Clock.System, TestContext.Current.CancellationToken);
        await first.CutPowerAsync();

        await using var second = await HoldfastProcess.UpAsync(first.Data, first.StudioPort, first.PlatformPort);
        Assert.DoesNotContain("not complete", second.Errors, StringComparison.Ordinal);

        await using var person = await house.Chromium.PersonAsync();
        var page = await person.NewPageAsync();
        await page.GotoAsync(second.Studio + "/sign-in?next=/accounts");
        await page.ClickAsync("button[name=demo]");
        await Assertions.Expect(page.Locator(".person-note", new() { HasText = "@bruno" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".person-note", new() { HasText = "@chidi" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".person-note", new() { HasText = "@ada" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-state=live]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-state=needs-sign-in]")).ToHaveCountAsync(1);

        Assert.Equal(8, await CountAsync("published"));
        Assert.Equal(4, await CountAsync("scheduled"));
        Assert.Equal(4, await CountAsync("drafts"));
        Assert.Equal(1, await CountAsync("needs-you"));

        // What Studio calls published can be watched.
        await page.GotoAsync(second.Platform + "/@bruno");
        await Assertions.Expect(page.Locator("a[href*='/@bruno/video/']")).ToHaveCountAsync(5);

        await second.StopAsync();
        await using var third = await HoldfastProcess.UpAsync(first.Data, first.StudioPort, first.PlatformPort);
        Assert.DoesNotContain("Filling the demo", third.Errors, StringComparison.Ordinal);

        async Task<int> CountAsync(string tab)
        {
            await page.GotoAsync($"{second.Studio}/posts?show={tab}");
            return await page.Locator("ul.posts > *").CountAsync();
        }
    }
}
