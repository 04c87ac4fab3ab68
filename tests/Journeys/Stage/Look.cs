using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Holdfast.Journeys.Stage;

/// <summary>What every page is held to, whoever looks at it.</summary>
internal static class Look
{
    private static readonly string[] Wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    /// <summary>axe finds nothing, nothing hangs over the edge, and the page is kept as a picture.</summary>
    public static async Task AtAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        var width = page.ViewportSize!.Width; // set by Chromium.PersonAsync
        await ShootAsync(page, $"{name}-{width}");

        await AskAxeAsync(page, $"{name} at {width}");

        var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overhang <= 0, $"{name} at {width} is {overhang} px wider than the screen");
    }

    /// <summary>The same page by night.</summary>
    public static async Task AtNightAsync(IPage page, string name)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        var width = page.ViewportSize!.Width; // set by Chromium.PersonAsync
        await ShootAsync(page, $"{name}-dark-{width}");
        await AskAxeAsync(page, $"{name} at {width} by night");
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    public static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "journeys", name + ".png"), FullPage = true });

    private static async Task AskAxeAsync(IPage page, string where)
    {
        var findings = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = [.. Wcag] } });
        Assert.True(findings.Violations.Length == 0, $"axe on {where}:\n" + string.Join('\n', findings.Violations.Select(found => $"{found.Id}: {found.Help}\n  {string.Join("\n  ", found.Nodes.Select(node => node.Html))}")));
    }
}
