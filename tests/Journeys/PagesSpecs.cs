using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>Every page of both apps, on a desk and on a phone, by day and by night: axe finds nothing and nothing hangs over the edge.</summary>
public abstract class PagesSpecs(House house, int width)
{
    [Fact]
    public async Task Every_page_can_be_read_and_used_by_everybody()
    {
        var places = new Places(house.Holdfast);
        await using var person = await house.Chromium.PersonAsync(width);
        var problems = new List<string>();
        var outside = await person.NewPageAsync();
        await GoAndLookAsync(outside, places.Outside);
        var inside = await places.EnterAsync(person);
        await GoAndLookAsync(inside, await places.InsideAsync(inside));
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));

        async Task GoAndLookAsync(IPage page, IReadOnlyList<(string Name, string Address)> all)
        {
            foreach (var (name, address) in all)
            {
                await page.GotoAsync(address);
                await Look.DayAndNightAsync(page, name, problems);
            }
        }
    }
}

public sealed class DeskPagesSpecs(House house) : PagesSpecs(house, 1440);

public sealed class PhonePagesSpecs(House house) : PagesSpecs(house, 390);
