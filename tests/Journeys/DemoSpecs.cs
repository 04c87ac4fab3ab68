using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>The demo's story, told by the same pages and workers that serve a visitor.</summary>
public sealed partial class DemoSpecs(House house)
{
    [Fact]
    public async Task A_demo_cut_off_in_the_middle_is_finished_by_the_next_start_and_told_once()
    {
        await using var first = HoldfastProcess.Begin();
        await first.SaidAsync("Filling the demo");
        await Until.TrueAsync("Bruno's first video is out", async () => await VideosAsync(first, "bruno") > 0);
        await first.CutPowerAsync();

        await using var second = await HoldfastProcess.UpAsync(first.Data, first.StudioPort, first.PlatformPort);
        // Where the cut fell between a call and its answer, Studio takes some minutes to be sure.
        await Until.TrueAsync("the folder says that the story is told", async () =>
            (await File.ReadAllTextAsync(Path.Combine(first.Data, "holdfast.json"))).Contains("\"isSeeded\":true", StringComparison.Ordinal), TimeSpan.FromMinutes(10));
        Assert.DoesNotContain("not complete:", second.Errors, StringComparison.Ordinal);

        await using var person = await house.Chromium.PersonAsync();
        var page = await person.EnterStudioAsync(second, "/accounts");
        await Assertions.Expect(page.Locator(".person-note", new() { HasText = "@bruno" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".person-note", new() { HasText = "@chidi" })).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".person-note", new() { HasText = "@ada" })).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[data-state=live]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-state=needs-sign-in]")).ToHaveCountAsync(1);

        // The Platform takes six a minute from one account; the seventh comes by itself.
        await ExpectAsync("published", 10, TimeSpan.FromMinutes(6));
        await ExpectAsync("scheduled", 4);
        await ExpectAsync("drafts", 4);
        await ExpectAsync("needs-you", 1);

        // What Studio calls published can be watched, and nothing was published twice.
        Assert.Equal(7, await VideosAsync(second, "bruno"));
        Assert.Equal(3, await VideosAsync(second, "chidi"));

        await second.StopAsync();
        await using var third = await HoldfastProcess.UpAsync(first.Data, first.StudioPort, first.PlatformPort);
        Assert.DoesNotContain("Filling the demo", third.Errors, StringComparison.Ordinal);

        async Task ExpectAsync(string tab, int posts, TimeSpan? within = null)
        {
            await page.GotoAsync($"{second.Studio}/posts?show={tab}");
            await Assertions.Expect(page.Locator("ul.posts > *")).ToHaveCountAsync(posts, new() { Timeout = (float?)within?.TotalMilliseconds });
        }
    }

    private static async Task<int> VideosAsync(HoldfastProcess holdfast, string userName) =>
        VideoLinks().Matches(await Web.TextAsync($"{holdfast.Platform}/@{userName}")).Select(link => link.Value).Distinct(StringComparer.Ordinal).Count();

    [GeneratedRegex(@"/@\w+/video/\d+")]
    private static partial Regex VideoLinks();
}
