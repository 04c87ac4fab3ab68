using System.Text.Json;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>The apps in a made-up language that marks every text: what stands outside the marks was written into the code.</summary>
public sealed class LanguageSpecs(House house, Untouched demo)
{
    // What machines write is not ours to translate: times, codes, initials in place of a face, figures cut short.
    private const string Written = "time, code, pre, .avatar, .app-mark, .figure-value, .qr-compare, .post-counts, .video-views";

    private const string Unmarked = """
        ({ written, known }) => {
          const found = [];
          const bare = text => { let was; do { was = text; text = text.replace(/⟦[^⟦⟧]*⟧/g, ''); } while (text !== was); return text; };
          const ours = text => {
            let left = bare(text.replace(/\s+/g, ' '));
            const start = left.trim().replace(/…$/, '');
            if (start.length > 20 && known.some(value => value.startsWith(start))) return false; // cut short
            for (const value of known) left = left.replaceAll(value, '');
            return /\p{L}/u.test(left.replace(/https?:\/\/\S+|(user|video|platform)\.[a-z.]+|\d[\d.,]*( kB| MB|K|M)|\b(error|error_type|errCode|logid|redirect_uri|status)\b/g, ''));
          };
          const skipped = element => element.closest(written) || element.closest('script, style, noscript, template') || !element.checkVisibility();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode())
            if (ours(node.data) && !skipped(node.parentElement)) found.push(node.data.trim());
          for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            for (const element of document.body.querySelectorAll(`[${name}]`))
              if (ours(element.getAttribute(name)) && !skipped(element)) found.push(`${name}=${element.getAttribute(name)}`);
          return [...new Set(found)];
        }
        """;

    [Fact]
    public async Task No_page_shows_a_text_that_is_not_from_the_resources()
    {
        // There everything people wrote is known: it is what the demo brings along.
        var holdfast = await demo.HoldfastAsync();
        var places = new Places(holdfast);
        await using var person = await house.Chromium.PersonAsync(locale: "qps-ploc");
        var problems = new List<string>();
        var page = await person.NewPageAsync();
        await ReadAsync(page, places.Outside);
        page = await places.EnterAsync(person);
        await ReadAsync(page, await places.InsideAsync(page));
        await using var walker = await house.Chromium.PersonAsync(locale: "qps-ploc");
        var walking = await walker.NewPageAsync();
        await foreach (var name in new Walk(holdfast, "walker").ThroughAsync(walking))
            await ReadPageAsync(walking, name);
        Assert.True(problems.Count == 0, string.Join('\n', problems));

        // One word written into a page is found, among the data as well.
        await page.GotoAsync(holdfast.Studio + "/posts");
        await page.EvaluateAsync("document.querySelector('.post-title').append(' soon')");
        Assert.Contains("soon", Assert.Single(await UnmarkedAsync(page)), StringComparison.Ordinal);

        async Task ReadAsync(IPage page, IReadOnlyList<(string Name, string Address)> all)
        {
            foreach (var (name, address) in all)
            {
                await page.GotoAsync(address);
                await ReadPageAsync(page, name);
            }
        }

        async Task ReadPageAsync(IPage page, string name)
        {
            await Look.ShootAsync(page, name + "-pseudo");
            problems.AddRange((await UnmarkedAsync(page)).Select(text => $"{name}: {text}"));
            var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (overhang > 0)
                problems.Add($"{name}: {overhang} px wider than the screen");
        }
    }

    private static Task<string[]> UnmarkedAsync(IPage page) => page.EvaluateAsync<string[]>(Unmarked, new { written = Written, known = Known() });

    /// <summary>Everything people wrote, the longest first, so that no part of one is left over.</summary>
    private static string[] Known()
    {
        var demo = Path.Combine(Repository.Root, "demo");
        using var people = JsonDocument.Parse(File.ReadAllText(Path.Combine(demo, "people.json")));
        using var followers = JsonDocument.Parse(File.ReadAllText(Path.Combine(demo, "followers.json")));
        using var captions = JsonDocument.Parse(File.ReadAllText(Path.Combine(demo, "captions.json")));
        string[] others =
        [
            "Maren Holt", "Maren", "Jonas Vik", "Kiln & Tide", "owner@example.test", "dev@example.test", "owner", "jonas",
            "Holdfast Studio", "Demo app", "Demo developer", "Europe/Berlin", "English",
            Walk.Person, Walk.App, Walk.Mail, "walker", "Pottery Club", "Mina Sato", "mina@club.example.test", "Tomás Rivera", "tomas@club.example.test", "@example.test",
        ];
        return [.. Texts(people, "username", "displayName", "bio").Concat(Texts(followers, "username", "displayName")).Concat(Texts(captions, "caption", "title"))
            .Concat(Texts(captions, "clip").Select(clip => clip + ".mp4")).Concat(Texts(captions, "caption").SelectMany(Tags)).Concat(others).Distinct(StringComparer.Ordinal).OrderByDescending(text => text.Length)];
    }

    private static IEnumerable<string> Tags(string caption) => caption.Split(' ').Where(word => word.StartsWith('#'));

    private static IEnumerable<string> Texts(JsonDocument document, params string[] names) =>
        document.RootElement.EnumerateArray().SelectMany(entry => names.Select(name => entry.TryGetProperty(name, out var text) ? text.GetString() : null)).OfType<string>();
}
