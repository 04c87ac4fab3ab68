using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>The apps in a made-up language that marks every text: what stands outside the marks was written into the code.</summary>
public sealed class LanguageSpecs(House house)
{
    // What people and machines wrote is not ours to translate: names, captions, codes, dates, the names of parameters.
    private const string Data = """
        time, code, pre, select[name=connection], select[name=client_key],
        .avatar, .app-mark, .person-name, .person-note, .profile-name, .profile-handle, .profile-bio, .video-title, .watch-caption, .watch-tag, .figure-value, .video-views,
        .post-title, .post-heading, .post-caption, .post-meta, .post-counts, .chip-title, .sample-title, .phone, .account-videos, video
        """;

    private const string Unmarked = """
        data => {
          const found = [];
          const bare = text => { let was; do { was = text; text = text.replace(/⟦[^⟦⟧]*⟧/g, ''); } while (text !== was); return text; };
          const names = /Bruno Salgado · Kiln & Tide|Chidi Okafor|Holdfast Studio|(user|video)\.[a-z.]+|Europe\/Berlin|\w+\.mp4|\d kB|^(error|error_type|errCode|logid|redirect_uri)$/g;
          const isOurs = text => /\p{L}/u.test(bare(text).trim().replace(names, ''));
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (!isOurs(node.data) || parent.closest(data) || parent.closest('script, style, noscript, template') || !parent.checkVisibility()) continue;
            found.push(node.data.trim());
          }
          for (const element of document.body.querySelectorAll('[aria-label], [title], [placeholder]'))
            for (const name of ['aria-label', 'title', 'placeholder'])
              if (isOurs(element.getAttribute(name) ?? '') && !element.closest(data)) found.push(`${name}=${element.getAttribute(name)}`);
          return [...new Set(found)];
        }
        """;

    [Fact]
    public async Task No_page_shows_a_text_that_is_not_from_the_resources()
    {
        var places = new Places(house.Holdfast);
        await using var person = await house.Chromium.PersonAsync(locale: "qps-ploc");
        var problems = new List<string>();
        var page = await person.NewPageAsync();
        await ReadAsync(page, places.Outside);
        page = await places.EnterAsync(person);
        await ReadAsync(page, await places.InsideAsync(page));
        Assert.True(problems.Count == 0, string.Join('\n', problems));

        // A text written into a page is found.
        await page.EvaluateAsync("document.querySelector('main').append('Written into the code')");
        Assert.Equal(["Written into the code"], await page.EvaluateAsync<string[]>(Unmarked, Data));

        async Task ReadAsync(IPage page, IReadOnlyList<(string Name, string Address)> all)
        {
            foreach (var (name, address) in all)
            {
                await page.GotoAsync(address);
                await Look.ShootAsync(page, name + "-pseudo");
                problems.AddRange((await page.EvaluateAsync<string[]>(Unmarked, Data)).Select(text => $"{name}: {text}"));
                var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                if (overhang > 0)
                    problems.Add($"{name}: {overhang} px wider than the screen");
            }
        }
    }
}
