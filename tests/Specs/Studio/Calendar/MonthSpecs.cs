using Holdfast.Domain.Posts;

namespace Holdfast.Specs.Studio.Calendar;

public sealed class MonthSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task S5_A_post_stands_on_the_workspaces_day_with_the_workspaces_time_whatever_the_servers_zone()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        await studio.PostAsync(new DateTimeOffset(2026, 11, 24, 23, 30, 0, TimeSpan.Zero));

        var day = (await studio.PageAsync("/calendar?month=2026-11")).QuerySelector("[data-date='2026-11-25']")!;

        Assert.Equal("00:30", day.QuerySelector(".chip time")!.TextContent);
    }

    [Fact]
    public async Task The_month_shows_whole_weeks_from_Monday_marks_today_and_leads_to_its_neighbours()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        var page = await studio.PageAsync("/calendar?month=2026-11");
        var days = page.QuerySelectorAll("[data-date]").Select(day => day.GetAttribute("data-date")).ToList();

        Assert.Equal(("2026-10-26", "2026-12-06", 42), (days[0], days[^1], days.Count));
        Assert.Equal("2026-11-22", page.QuerySelector("[aria-current=date]")!.GetAttribute("data-date"));
        Assert.Equal(["/calendar?month=2026-10", "/calendar#day-2026-11-22", "/calendar?month=2026-12"], page.QuerySelectorAll(".calendar-nav a").Select(link => link.GetAttribute("href")));
        Assert.Null(page.QuerySelector("[data-date='2026-11-21'] .day-add"));
        Assert.Equal("/compose?date=2026-11-25", page.QuerySelector("[data-date='2026-11-25'] .day-add")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_address_without_a_sensible_month_shows_the_present_one()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        foreach (var query in new[] { "", "?month=2026-13", "?month=0001-01", "?month=9999-12", "?month=%27%3B--" })
            Assert.Equal("November 2026", (await studio.PageAsync("/calendar" + query)).QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task An_empty_month_has_one_sentence_and_one_button()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        var empty = (await studio.PageAsync("/calendar?month=2027-02")).QuerySelector(".empty")!;

        Assert.Equal("Nothing is planned for February yet.", empty.QuerySelector("p")!.TextContent);
        Assert.Equal("/compose", Assert.Single(empty.QuerySelectorAll("a")).GetAttribute("href"));
    }

    [Fact]
    public async Task Every_state_is_told_by_word_and_only_what_may_move_can_be_picked_up()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var ids = new Dictionary<PostState, string>();
        foreach (var state in Enum.GetValues<PostState>())
        {
            ids[state] = await studio.PostAsync(Now.AddDays(1).AddMinutes((int)state));
            await studio.BringToAsync(ids[state], state, state is PostState.Held ? HoldReason.Late : null);
        }

        var page = await studio.PageAsync("/calendar");

        foreach (var (state, id) in ids)
        {
            var chip = page.GetElementById($"chip-{id}");
            Assert.Equal(state is PostState.Cancelled, chip is null);
            Assert.Equal(state is PostState.Draft or PostState.Scheduled or PostState.Held, chip?.HasAttribute("data-draggable") is true);
            Assert.Equal(state is PostState.Draft or PostState.Scheduled or PostState.Held, page.QuerySelector($"a[href='/calendar/move?post={id}']") is not null);
            Assert.DoesNotContain("posts.", chip?.TextContent ?? "", StringComparison.Ordinal);
        }
    }
}
