using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>Every page of both apps, on a desk and on a phone, by day and by night: axe finds nothing and nothing hangs over the edge.</summary>
public sealed class PagesSpecs(House house)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Every_page_can_be_read_and_used_by_everybody(int width)
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
                await LookAsync(page, name, problems);
            }
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task So_can_the_pages_that_only_a_form_leads_to(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var problems = new List<string>();
        var page = await person.NewPageAsync();
        await foreach (var name in new Walk(house.Holdfast, $"walker{width}").ThroughAsync(page))
            await LookAsync(page, name, problems);
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    private static async Task LookAsync(IPage page, string name, List<string> problems)
    {
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
