using System.Globalization;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>Moving a planned post to another day, and finding it there afterwards.</summary>
public sealed class CalendarSpecs(House house)
{
    [Fact]
    public async Task The_arrow_keys_move_a_scheduled_post_to_another_day()
    {
        await using var person = await house.Chromium.PersonAsync();
        var (page, chip, days) = await OpenAsync(person);
        var to = await ANeighbourAsync(chip, days);

        await chip.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#announcer")).ToContainTextAsync("Picked up");
        await page.Keyboard.PressAsync(to.IsLater ? "ArrowRight" : "ArrowLeft");
        await page.Keyboard.PressAsync("Enter");

        await ExpectOnAsync(page, chip, to.Date);
    }

    [Fact]
    public async Task The_mouse_moves_a_scheduled_post_to_another_day()
    {
        await using var person = await house.Chromium.PersonAsync();
        var (page, chip, days) = await OpenAsync(person);
        var to = await ANeighbourAsync(chip, days);
        var day = page.Locator($"[data-date='{to.Date}']");

        await chip.ScrollIntoViewIfNeededAsync();
        await chip.HoverAsync();
        await page.Mouse.DownAsync();
        var box = (await day.BoundingBoxAsync())!; // it is in the month that is shown
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2), new() { Steps = 8 });
        await Assertions.Expect(day).ToHaveAttributeAsync("data-drop", "");
        await page.Mouse.UpAsync();

        await ExpectOnAsync(page, chip, to.Date);
    }

    [Fact]
    public async Task On_a_phone_a_form_moves_a_scheduled_post_to_another_day()
    {
        await using var person = await house.Chromium.PersonAsync(390);
        var (page, chip, days) = await OpenAsync(person);
        var to = await ANeighbourAsync(chip, days);
        await Look.AtAsync(page, "studio-calendar-move-link");

        await page.Locator("li.day-post").Filter(new() { Has = chip }).GetByRole(AriaRole.Link, new() { Name = "Move to another day" }).ClickAsync();
        await page.GetByLabel("Day").FillAsync(to.Date);
        await Look.AtAsync(page, "studio-calendar-move");
        await page.GetByRole(AriaRole.Button, new() { Name = "Move", Exact = true }).ClickAsync();

        await ExpectOnAsync(page, chip, to.Date);
    }

    /// <summary>The month of the demo's last scheduled post.</summary>
    private async Task<(IPage Page, ILocator Chip, IReadOnlyList<string> Days)> OpenAsync(IBrowserContext person)
    {
        var page = await person.EnterStudioAsync(house.Holdfast, "/calendar");
        var movable = page.Locator("[data-draggable]:visible"); // a phone's list holds only the month's own days
        if (await movable.CountAsync() == 0)
            await page.Locator(".calendar-nav a").Last.ClickAsync(); // at the end of a month they stand in the next one
        var id = await movable.Last.GetAttributeAsync("data-post");
        return (page, page.Locator($"#chip-{id}"), await page.Locator("[data-date]").EvaluateAllAsync<string[]>("days => days.map(day => day.dataset.date)"));
    }

    /// <summary>The next day, or the day before at the edge of the month.</summary>
    private static async Task<(string Date, bool IsLater)> ANeighbourAsync(ILocator chip, IReadOnlyList<string> days)
    {
        var from = await chip.Locator("xpath=ancestor::*[@data-date]").GetAttributeAsync("data-date");
        var later = DateOnly.ParseExact(from!, "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture); // the calendar wrote it
        return days.Contains(later) ? (later, true) : (days[^2], false);
    }

    private static async Task ExpectOnAsync(IPage page, ILocator chip, string date)
    {
        var there = page.Locator($"[data-date='{date}']").Locator(chip);
        await Assertions.Expect(page.Locator("#toasts")).ToContainTextAsync("Moved to");
        await Assertions.Expect(there).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Assertions.Expect(there).ToBeVisibleAsync();
    }
}
