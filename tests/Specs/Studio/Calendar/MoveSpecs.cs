using System.Net;
using System.Text.Json;
using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Studio.Calendar;

/// <summary>A post dropped on another day (S4, S5, S7, P24).</summary>
public sealed class MoveSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 10, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-20T07:00Z", "2026-10-26", "2026-10-26T08:00Z")] // 09:00 across autumn's change
    [InlineData("Europe/Berlin", "2027-03-20T08:00Z", "2027-03-29", "2027-03-29T07:00Z")] // 09:00 across spring's
    [InlineData("Asia/Kolkata", "2026-10-20T03:45Z", "2026-10-31", "2026-10-31T03:45Z")] // 09:15, +05:30
    [InlineData("Asia/Kolkata", "2026-10-19T19:00Z", "2026-10-25", "2026-10-24T19:00Z")] // 00:30 there is the day before here
    public async Task S4_S7_A_moved_post_keeps_its_time_on_the_workspaces_wall_clock(string zone, string dueAt, string day, string expected)
    {
        await using var studio = await SignedInStudio.StartAsync(Now, zone);
        var id = await studio.PostAsync(At(dueAt));

        var (status, answer) = await MoveAsync(studio, id, day);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.True(answer.GetProperty("moved").GetBoolean());
        Assert.Equal(At(expected), (await studio.FindAsync(id)).DueAt);
    }

    [Theory]
    [InlineData("2027-03-27T01:30Z", "2027-03-28", "2027-03-28T01:00Z", "jump over")] // 02:30 does not exist: the first moment after it
    [InlineData("2026-10-24T00:30Z", "2026-10-25", "2026-10-25T00:30Z", "twice")] // 02:30 exists twice: the first
    public async Task S4_A_time_that_the_clocks_skip_or_repeat_has_one_result_and_says_so(string dueAt, string day, string expected, string word)
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var id = await studio.PostAsync(At(dueAt));

        var (_, answer) = await MoveAsync(studio, id, day);

        Assert.Contains(word, answer.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(At(expected), (await studio.FindAsync(id)).DueAt);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_people_who_drop_the_same_post_at_once_one_wins_and_the_other_is_told(Engine engine)
    {
        await using var studio = await SignedInStudio.StartAsync(Now, engine: engine);
        var id = await studio.PostAsync(At("2026-10-20T07:00Z"));

        // Two pages of one browser share the token's cookie, which the first page sets.
        await studio.PageAsync("/calendar");

        var answers = await Task.WhenAll(MoveAsync(studio, id, "2026-10-22"), MoveAsync(studio, id, "2026-10-23"));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Conflict);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_post_that_changed_since_it_was_read_stays_where_it_is(Engine engine)
    {
        await using var studio = await SignedInStudio.StartAsync(Now, engine: engine);
        var id = await studio.PostAsync(At("2026-10-20T07:00Z"));
        await MoveAsync(studio, id, "2026-10-21", version: 1);

        var (status, _) = await MoveAsync(studio, id, "2026-10-22", version: 1);

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal(At("2026-10-21T07:00Z"), (await studio.FindAsync(id)).DueAt);
    }

    [Fact]
    public async Task P24_What_TikTok_has_or_nobody_wants_is_not_moved_and_its_state_is_named()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        foreach (var state in new[] { PostState.Initialised, PostState.Uploading, PostState.Processing, PostState.Published, PostState.Unconfirmed, PostState.Cancelled })
        {
            var id = await studio.PostAsync(At("2026-10-20T07:00Z"));
            await studio.BringToAsync(id, state);

            var (status, answer) = await MoveAsync(studio, id, "2026-10-22");

            Assert.Equal(HttpStatusCode.Conflict, status);
            Assert.Contains("no longer be moved", answer.GetProperty("message").GetString(), StringComparison.Ordinal);
            Assert.Equal(At("2026-10-20T07:00Z"), (await studio.FindAsync(id)).DueAt);
        }
    }

    [Fact]
    public async Task A_time_that_is_over_is_refused_even_on_a_day_that_is_not()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var id = await studio.PostAsync(At("2026-10-20T07:00Z"));

        var (status, _) = await MoveAsync(studio, id, "2026-10-01");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal(At("2026-10-20T07:00Z"), (await studio.FindAsync(id)).DueAt);
    }

    [Fact]
    public async Task Another_workspaces_post_does_not_exist()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var other = await studio.OtherWorkspaceAsync();
        var id = await studio.PostAsync(At("2026-10-20T07:00Z"), "Not yours", workspaceId: other);

        var (status, _) = await MoveAsync(studio, id, "2026-10-22", version: 1);

        Assert.Equal(HttpStatusCode.NotFound, status);
        await studio.PageAsync($"/calendar/move?post={id}", 404);
        Assert.Empty((await studio.PageAsync("/calendar?month=2026-10")).QuerySelectorAll("[data-post]"));
    }

    [Fact]
    public async Task A_move_from_another_site_or_without_the_pages_token_changes_nothing()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var id = await studio.PostAsync(At("2026-10-20T07:00Z"));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["post"] = id, ["day"] = "2026-10-22", ["version"] = "1" });
        using var bare = await studio.Http.PostAsync("/calendar/move", form);
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/calendar/move") { Content = form };
        studio.Http.DefaultRequestHeaders.Remove("Sec-Fetch-Site");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var crossed = await studio.Http.SendAsync(foreign);

        Assert.Equal(HttpStatusCode.BadRequest, bare.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, crossed.StatusCode);
        Assert.Equal(1, (await studio.FindAsync(id)).Version);
    }

    [Fact]
    public async Task Without_script_the_form_moves_a_post_and_the_calendar_says_where_to()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var id = await studio.PostAsync(At("2026-10-20T07:00Z"));
        var page = await studio.PageAsync($"/calendar/move?post={id}");
        Assert.Equal("2026-10-20", page.QuerySelector("input[name=day]")!.GetAttribute("value"));

        using var answer = await studio.PostAsync($"/calendar/move?post={id}", "/calendar/move", false, ("post", id), ("day", "2026-11-03"), ("version", page.QuerySelector("input[name=version]")!.GetAttribute("value")!));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var calendar = await studio.PageAsync(answer.Headers.Location!.OriginalString);
        Assert.NotNull(calendar.QuerySelector("[data-date='2026-11-03'] [data-post]"));
        Assert.Contains("Tuesday 3 November, 09:00", calendar.QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_form_comes_back_with_the_reason_and_the_day_that_was_tried()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var id = await studio.PostAsync(At("2026-10-20T07:00Z"));

        using var answer = await studio.PostAsync("/calendar", "/calendar/move", false, ("post", id), ("day", "2026-09-03"), ("version", "1"));
        var html = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("That time is over", html, StringComparison.Ordinal);
        Assert.Contains("value=\"2026-09-03\"", html, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> MoveAsync(SignedInStudio studio, string id, string day, long version = 1)
    {
        using var answer = await studio.PostAsync("/calendar", "/calendar/move", true, ("post", id), ("day", day), ("version", $"{version}"));
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone());
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
