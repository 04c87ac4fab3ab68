using System.Net;
using Holdfast.Domain.Errors;
using Holdfast.Domain.Posts;
using Holdfast.Shell.Language;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio;
using Holdfast.Studio.Home;

namespace Holdfast.Specs.Studio.Home;

public sealed class HomeSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_first_steps_tick_themselves_one_by_one_and_leave_when_all_are_done(Engine engine)
    {
        await using var studio = await SignedInStudio.StartAsync(Now, engine: engine);
        Assert.Equal(["current", "waiting", "waiting"], await StepsAsync(studio));

        var account = await studio.ConnectionAsync("bruno");
        Assert.Equal(["done", "current", "waiting"], await StepsAsync(studio));

        await studio.PostAsync(Now.AddDays(1), isScheduled: false, connectionId: account);
        Assert.Equal(["done", "current", "waiting"], await StepsAsync(studio));

        var post = await studio.PostAsync(Now.AddDays(1), connectionId: account);
        Assert.Equal(["done", "done", "current"], await StepsAsync(studio));

        await studio.BringToAsync(post, PostState.Published);
        Assert.Empty(await StepsAsync(studio));
    }

    [Fact]
    public async Task The_steps_are_the_members_own_so_that_what_colleagues_did_ticks_nothing()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        await studio.ConnectionAsync("bruno", by: "a-colleague");

        Assert.Equal(["current", "waiting", "waiting"], await StepsAsync(studio));
    }

    [Fact]
    public async Task Hidden_steps_stay_hidden_in_this_browser()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        using var answer = await studio.PostAsync("/", "/home/steps/hide");

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(await StepsAsync(studio));
    }

    [Fact]
    public async Task A_workspace_without_anything_shows_one_sentence_and_one_button_wherever_something_would_be()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        var empties = (await studio.PageAsync("/")).QuerySelectorAll(".empty");

        Assert.Equal(3, empties.Length);
        Assert.All(empties, empty => Assert.Single(empty.QuerySelectorAll("p")));
        Assert.All(empties, empty => Assert.Single(empty.QuerySelectorAll("a")));
    }

    [Fact]
    public async Task An_account_that_needs_sign_in_is_told_once_with_its_reason_its_held_posts_and_Reconnect()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var account = await studio.ConnectionAsync("chidi", "needs-sign-in", "AccessRemoved");
        for (var i = 0; i < 3; i++)
            await studio.BringToAsync(await studio.PostAsync(Now.AddHours(-i), connectionId: account), PostState.Held, HoldReason.NeedsSignIn);

        var page = await studio.PageAsync("/");
        var trouble = page.GetElementById($"trouble-{account}")!;

        Assert.Contains("access was removed", trouble.TextContent, StringComparison.Ordinal);
        Assert.Contains("3 posts wait", trouble.TextContent, StringComparison.Ordinal);
        Assert.NotNull(trouble.QuerySelector($"a[href='/connect/tiktok/?connection={account}']"));
        Assert.Empty(page.QuerySelectorAll("#home-needs .post"));
    }

    [Fact]
    public async Task Posts_that_wait_for_a_person_stand_there_with_the_reason_in_words()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var account = await studio.ConnectionAsync("bruno");
        var late = await studio.PostAsync(Now.AddDays(-1), connectionId: account);
        await studio.BringToAsync(late, PostState.Held, HoldReason.Late);
        var failed = await studio.PostAsync(Now.AddDays(-2), connectionId: account);
        await studio.BringToAsync(failed, PostState.Failed, failure: "frame_rate_check_failed");

        var page = await studio.PageAsync("/");

        Assert.Contains("choose another time", page.GetElementById($"needs-{late}")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("frame rate", page.GetElementById($"needs-{failed}")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("2 things need you", page.QuerySelector(".page-head")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_goes_out_next_comes_in_its_order_and_counts_down_in_the_last_hour(Engine engine)
    {
        await using var studio = await SignedInStudio.StartAsync(Now, engine: engine);
        var tomorrow = await studio.PostAsync(Now.AddDays(1));
        var soon = await studio.PostAsync(Now.AddMinutes(7));
        await studio.PostAsync(Now.AddMinutes(3), isScheduled: false);

        var next = (await studio.PageAsync("/")).QuerySelectorAll("#home-next .post");

        Assert.Equal([$"next-{soon}", $"next-{tomorrow}"], next.Select(post => post.Id!));
        Assert.NotNull(next[0].QuerySelector("[data-countdown]"));
        Assert.Contains("Tomorrow, 13:00", next[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("in 1 day", next[1].TextContent, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_out_shows_its_link_and_the_figures_TikTok_told(Engine engine)
    {
        await using var studio = await SignedInStudio.StartAsync(Now, engine: engine);
        var account = await studio.ConnectionAsync("bruno");
        var post = await studio.PostAsync(Now.AddDays(-1), connectionId: account);
        await studio.BringToAsync(post, PostState.Published, link: "http://localhost:7500/@bruno/video/7350");
        await studio.Database.WriteAsync(async session =>
        {
            await session.RunAsync("update post set video_id = '7350' where id = @post", new { post });
            await session.RunAsync("insert into connection_video (connection_id, video_id, workspace_id, title, views, likes, comments, place) values (@account, '7350', @workspace, '', 96310, 12874, 402, 0)", new { account, workspace = studio.Workspace.Id });
        });

        var card = (await studio.PageAsync("/")).GetElementById($"recent-{post}")!;

        Assert.Equal("http://localhost:7500/@bruno/video/7350", card.QuerySelector(".post-side a")!.GetAttribute("href"));
        Assert.Equal("Views: 96.3K Likes: 12.8K Comments: 402", string.Join(' ', card.QuerySelector(".post-counts")!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task Another_workspaces_accounts_and_posts_are_nowhere_on_Home()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var other = await studio.OtherWorkspaceAsync();
        var account = await studio.ConnectionAsync("theirs", "needs-sign-in", "AccessRemoved", workspaceId: other);
        await studio.PostAsync(Now.AddDays(1), "Not yours", workspaceId: other);
        await studio.BringToAsync(await studio.PostAsync(Now.AddDays(-1), "Not yours either", workspaceId: other), PostState.Published);

        var text = (await studio.PageAsync("/")).QuerySelector("main")!.TextContent;

        Assert.DoesNotContain("Not yours", text, StringComparison.Ordinal);
        Assert.DoesNotContain("theirs", text, StringComparison.Ordinal);
        Assert.Null((await studio.PageAsync("/")).GetElementById($"trouble-{account}"));
        Assert.Equal(["current", "waiting", "waiting"], await StepsAsync(studio));
    }

    [Theory]
    [InlineData(999, "999")]
    [InlineData(9_999, "9,999")]
    [InlineData(48_216, "48.2K")]
    [InlineData(999_999, "999.9K")]
    [InlineData(1_250_000, "1.2M")]
    [InlineData(48_000_000, "48M")]
    public void Large_figures_are_short_and_never_rounded_up(long number, string said) => Assert.Equal(said, Spoken.Short(number));

    [Fact]
    public void Every_state_hold_and_failure_has_its_words()
    {
        var table = new TextTable([typeof(StudioApp).Assembly]);
        IEnumerable<string> keys =
        [
            .. Enum.GetNames<PostState>().Select(state => $"posts.state.{state}"),
            .. Enum.GetNames<HoldReason>().Select(reason => $"posts.hold.{reason}"),
            .. new[] { ErrorTables.Api, ErrorTables.FailReasons }.SelectMany(errors => errors.All).Select(rule => $"posts.error.{rule.Code}"),
        ];

        Assert.DoesNotContain(keys, key => !table.Has(key));
    }

    private static async Task<IEnumerable<string?>> StepsAsync(SignedInStudio studio) =>
        (await studio.PageAsync("/")).QuerySelectorAll("#first-steps .step").Select(step => step.GetAttribute("data-state")).ToList();
}
