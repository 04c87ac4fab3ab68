using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Holdfast.Journeys.Stage;

/// <summary>What every page is held to, whoever looks at it.</summary>
internal static class Look
{
    private static readonly string[] Wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

    private const string Ask = """
        async tags => {
          if (document.querySelector('iframe, frame')) return ['a frame, which this look does not enter'];
          const { violations } = await axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] });
          return violations.map(found => [`${found.id}: ${found.help}`, ...found.nodes.map(node => '  ' + node.html)].join('\n'));
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>axe finds nothing, nothing hangs over the edge, and the page is kept as a picture.</summary>
    public static async Task AtAsync(IPage page, string name)
    {
        await ReadAsync(page);
        var width = page.ViewportSize!.Width; // set by Chromium.PersonAsync
        await ShootAsync(page, $"{name}-{width}");

        await AskAxeAsync(page, $"{name} at {width}");

        var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overhang <= 0, $"{name} at {width} is {overhang} px wider than the screen");
    }

    // The page says itself that it is read: Playwright's own wait misses the event now and then, and waits for ever (Playwright for .NET, seen in one run of some).
    private static async Task ReadAsync(IPage page)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await page.EvaluateAsync("document.readyState !== 'loading' || new Promise(read => document.addEventListener('DOMContentLoaded', () => read(true)))");
                return;
            }
            catch (PlaywrightException) when (tries < 5)
            {
                await page.Locator("body").WaitForAsync(); // the page was left for the next one meanwhile
            }
        }
    }

    /// <summary>On a desk and on a phone, where the way there is too long to be walked twice.</summary>
    public static async Task AtBothAsync(IPage page, string name)
    {
        var was = page.ViewportSize!; // set by Chromium.PersonAsync
        foreach (var width in new[] { 390, 1440 })
        {
            await page.SetViewportSizeAsync(width, was.Height);
            await AtAsync(page, name);
        }
        await page.SetViewportSizeAsync(was.Width, was.Height);
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

    /// <summary>Both, with what is wrong put beside the rest: all of it at once, not one a run.</summary>
    public static async Task DayAndNightAsync(IPage page, string name, List<string> problems)
    {
        try
        {
            await AtAsync(page, name);
            await AtNightAsync(page, name);
        }
        catch (Xunit.Sdk.XunitException problem)
        {
            problems.Add(problem.Message);
        }
    }

    public static Task ShootAsync(IPage page, string name) =>
        page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Repository.Root, "artifacts", "journeys", name + ".png"), FullPage = true });

    // In the page itself: ours have no frames, and what Deque's runner does for them (a second page, the script once more) takes longer than the look.
    private static async Task AskAxeAsync(IPage page, string where)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync(Axe);
        var violations = await page.EvaluateAsync<string[]>(Ask, Wcag);
        Assert.True(violations.Length == 0, $"axe on {where}:\n{string.Join('\n', violations)}");
    }
}
