using Holdfast.Journeys.Stage;

namespace Holdfast.Journeys;

/// <summary>The pages that only a form leads to are held to the same as <see cref="PagesSpecs"/>.</summary>
[Collection(House.PotteryClub)]
public sealed class FormPagesSpecs(House house)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task They_can_be_read_and_used_by_everybody(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var problems = new List<string>();
        var page = await person.NewPageAsync();
        await foreach (var name in new Walk(house.Holdfast, $"walker{width}").ThroughAsync(page))
            await Look.DayAndNightAsync(page, name, problems);
        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }
}
