using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>Every main page of both apps, on a desk and on a phone, by day and by night: axe finds nothing and nothing hangs over the edge.</summary>
public sealed class PagesSpecs(House house)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Every_main_page_can_be_read_and_used_by_everybody(int width)
    {
        var places = new Places(house.Holdfast);
        await using var person = await house.Chromium.PersonAsync(width);
        var problems = new List<string>();
        var outside = await person.NewPageAsync();
        await LookAsync(outside, places.Outside);
        var inside = await places.EnterAsync(person);
        await LookAsync(inside, await places.InsideAsync(inside));
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));

        async Task LookAsync(IPage page, IReadOnlyList<(string Name, string Address)> all)
        {
            foreach (var (name, address) in all)
            {
                await page.GotoAsync(address);
                try
                {
                    await Look.AtAsync(page, name);
                    await Look.AtNightAsync(page, name);
                }
                catch (Xunit.Sdk.XunitException problem)
                {
                    problems.Add(problem.Message); // all of them at once, not one a run
                }
            }
        }
    }
}
