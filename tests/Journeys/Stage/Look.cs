using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Holdfast.Journeys.Stage;

/// <summary>What every page is held to, whoever looks at it.</summary>
internal static class Look
{
    /// <summary>axe finds nothing, nothing hangs over the edge, and the page is kept as a picture.</summary>
    public static async Task AtAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        var width = page.ViewportSize!.Width; // set by Chromium.PersonAsync
        await ShootAsync(page, $"{name}-{width}");

        var findings = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        Assert.True(findings.Violations.Length == 0, $"axe on {name} at {width}:\n" + string.Join('\n', findings.Violations.Select(found => $"{found.Id}: {found.Help}\n  {string.Join("\n  ", found.Nodes.Select(node => node.Html))}")));

        var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overhang <= 0, $"{name} at {width} is {overhang} px wider than the screen");
    }

    public static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "journeys", name + ".png"), FullPage = true });
}
