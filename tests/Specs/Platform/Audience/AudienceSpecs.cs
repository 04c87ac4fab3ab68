using System.Text.Json;
using Holdfast.Platform;
using Holdfast.Platform.Audience;
using Holdfast.Platform.Profiles;
using Holdfast.Platform.SignIn;
using Holdfast.Specs.Contract;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Audience;

/// <summary>Who follows whom: on pages, in counts, and through the Platform's own endpoints.</summary>
public sealed class AudienceSpecs
{
    private const string Scopes = "user.info.basic,user.info.stats,platform.follow.list";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Following_counts_once_shows_on_both_sides_and_can_be_taken_back(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(Scopes, engine);
        await ConnectedApp.CreatorAsync(client.Platform, "bruno");
        using var bruno = new Visitor(client.Platform.Http.BaseAddress!);
        await bruno.LogInAsync("bruno", next: "/@ada");

        await bruno.SubmitAsync(await bruno.GetAsync("/@ada"), "/@ada/follow", ("follow", "true"));
        await client.Platform.Service<Follows>().FollowAsync((await client.Platform.Service<Holdfast.People.PeopleStore>().FindByUserNameAsync("bruno"))!.Id, client.Creator.Id, CancellationToken.None);

        Assert.Equal((1, 0), await CountsAsync(client));
        Assert.Contains("@bruno", (await bruno.GetAsync("/@ada/followers")).Page.QuerySelector(".audience-list")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("@ada", (await bruno.GetAsync("/@bruno/following")).Page.QuerySelector(".audience-list")!.TextContent, StringComparison.Ordinal);

        await bruno.SubmitAsync(await bruno.GetAsync("/@ada"), "/@ada/follow", ("follow", "false"));
        Assert.Equal((0, 0), await CountsAsync(client));
        Assert.Contains("Nobody here follows @ada yet.", (await bruno.GetAsync("/@ada/followers")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_follows_themselves_and_strangers_are_led_to_the_sign_in()
    {
        await using var client = await ConnectedApp.OpenAsync(Scopes);
        using var ada = new Visitor(client.Platform.Http.BaseAddress!);
        await ada.LogInAsync("ada", next: "/@ada");
        Assert.Null((await ada.GetAsync("/@ada")).Page.QuerySelector("form[action='/@ada/follow']"));
        await client.Platform.Service<Follows>().FollowAsync(client.Creator.Id, client.Creator.Id, CancellationToken.None);
        Assert.Equal((0, 0), await CountsAsync(client));

        using var stranger = new Visitor(client.Platform.Http.BaseAddress!);
        Assert.Equal("/login?next=%2F%40ada", (await stranger.GetAsync("/@ada")).Page.QuerySelector(".profile a.button")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_private_account_keeps_its_lists_and_takes_no_new_followers()
    {
        await using var client = await ConnectedApp.OpenAsync(Scopes);
        var bruno = await ConnectedApp.CreatorAsync(client.Platform, "bruno");
        var chidi = await ConnectedApp.CreatorAsync(client.Platform, "chidi");
        var follows = client.Platform.Service<Follows>();
        await follows.FollowAsync(bruno.Id, client.Creator.Id, CancellationToken.None);
        await client.SetAsync("is_private", true);
        await follows.FollowAsync(chidi.Id, client.Creator.Id, CancellationToken.None);
        using var browser = new Visitor(client.Platform.Http.BaseAddress!);
        await browser.LogInAsync("chidi", next: "/@ada");

        foreach (var path in new[] { "/@ada/followers", "/@ada/following" })
        {
            var page = await browser.GetAsync(path);
            Assert.Contains("has a private account", page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("bruno", page.Body, StringComparison.Ordinal);
        }
        var profile = await browser.GetAsync("/@ada");
        Assert.Null(profile.Page.QuerySelector("form[action='/@ada/follow'], a.figure-link"));
        Assert.Equal((1, 0), await CountsAsync(client));

        using var ada = new Visitor(client.Platform.Http.BaseAddress!);
        await ada.LogInAsync("ada", next: "/@ada");
        Assert.Contains("@bruno", (await ada.GetAsync("/@ada/followers")).Text, StringComparison.Ordinal);
        Assert.Contains("bruno", (await client.CallAsync(HttpMethod.Post, "/v2/platform/user/followers/", "{}")).Body, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task The_lists_are_paged_newest_first_and_the_cursor_loses_nobody_on_a_clock_that_stands_still(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(Scopes, engine);
        var follows = client.Platform.Service<Follows>();
        foreach (var name in (string[])["one", "two", "three", "four", "five"])
        {
            var fan = await ConnectedApp.CreatorAsync(client.Platform, name);
            await follows.FollowAsync(fan.Id, client.Creator.Id, CancellationToken.None);
            await follows.FollowAsync(client.Creator.Id, fan.Id, CancellationToken.None);
        }

        foreach (var list in (string[])["followers", "following"])
        {
            List<string> seen = [];
            for (var (cursor, more) = (0L, true); more;)
            {
                var page = (await client.CallAsync(HttpMethod.Post, $"/v2/platform/user/{list}/", JsonSerializer.Serialize(new { cursor, max_count = 2 }))).Json.GetProperty("data");
                seen.AddRange(page.GetProperty($"user_{list}").EnumerateArray().Select(person => person.GetProperty("username").GetString()!));
                (cursor, more) = (page.GetProperty("cursor").GetInt64(), page.GetProperty("has_more").GetBoolean());
            }
            Assert.Equal(["five", "four", "three", "two", "one"], seen);
        }
    }

    [Fact]
    public async Task A_token_reads_its_own_accounts_lists_and_only_with_the_scope()
    {
        await using var client = await ConnectedApp.OpenAsync(Scopes);
        var (bruno, chidi) = (await ConnectedApp.CreatorAsync(client.Platform, "bruno"), await ConnectedApp.CreatorAsync(client.Platform, "chidi"));
        await client.Platform.Service<Follows>().FollowAsync(chidi.Id, bruno.Id, CancellationToken.None);

        Assert.Equal("[]", (await client.CallAsync(HttpMethod.Post, "/v2/platform/user/followers/", """{"username":"bruno"}""")).Json.GetProperty("data").GetProperty("user_followers").GetRawText());

        client.Token = (await client.Platform.GrantAsync(client.App, bruno, "user.info.basic,user.info.stats")).Access;
        var refused = await client.CallAsync(HttpMethod.Post, "/v2/platform/user/followers/", "{}");
        Assert.Equal((401, "scope_not_authorized"), (refused.Status, refused.Code));
    }

    [Theory]
    [InlineData("""{"max_count":101}""")]
    [InlineData("""{"max_count":0}""")]
    [InlineData("""{"cursor":-1}""")]
    [InlineData("""{"cursor":"x"}""")]
    [InlineData("nonsense")]
    public async Task A_list_with_nonsense_in_it_is_refused(string body)
    {
        await using var client = await ConnectedApp.OpenAsync(Scopes);
        var answer = await client.CallAsync(HttpMethod.Post, "/v2/platform/user/following/", body);
        Assert.Equal((400, "invalid_params"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Both_endpoints_answer_as_the_contract_says()
    {
        await using var client = await ConnectedApp.OpenAsync(Scopes);
        var bruno = await ConnectedApp.CreatorAsync(client.Platform, "bruno");
        var follows = client.Platform.Service<Follows>();
        await follows.FollowAsync(bruno.Id, client.Creator.Id, CancellationToken.None);
        await follows.FollowAsync(client.Creator.Id, bruno.Id, CancellationToken.None);

        foreach (var name in (string[])["platform-followers/one-follower", "platform-following/next-page"])
        {
            var file = ContractFile.Load(name);
            Dictionary<string, string> values = new() { ["access_token"] = client.Token, ["from"] = "9000000000000", ["username"] = "bruno" };
            using var answer = await client.Platform.Http.SendAsync(file.Request.ToMessage(client.Platform.Http.BaseAddress!, values));
            Assert.Empty(file.Response.Differences(answer, await answer.Content.ReadAsStringAsync(), values));
        }
    }

    [Fact]
    public async Task The_demo_has_living_lists_whose_totals_are_the_ones_it_shows_and_a_second_start_changes_nothing()
    {
        await using var demo = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(demo.App);
        var creators = demo.Service<VideoStore>();
        var follows = demo.Service<Follows>();
        foreach (var person in DemoPeople.Creators)
        {
            var creator = (await creators.FindCreatorByNameAsync(person.Username, CancellationToken.None))!;
            Assert.Equal((person.Followers, person.Following), (creator.FollowerCount, creator.FollowingCount));
            var followers = await follows.ListAsync(creator.Id, AudienceList.Followers, long.MaxValue, 1000, CancellationToken.None);
            Assert.InRange(followers.Count, 20, 50);
            Assert.Equal(creator.FollowerCount - followers.Count, creator.CountedFollowers);
            Assert.Equal(2, followers.Count(one => DemoPeople.Creators.Any(other => other.Username == one.UserName)));
        }

        var ada = (await creators.FindCreatorByNameAsync("ada", CancellationToken.None))!;
        var bruno = (await creators.FindCreatorByNameAsync("bruno", CancellationToken.None))!;
        await follows.UnfollowAsync(ada.Id, bruno.Id, CancellationToken.None);
        await PlatformApp.SeedDemoAsync(demo.App);
        Assert.False(await follows.IsFollowingAsync(ada.Id, bruno.Id, CancellationToken.None));
        Assert.Equal(ada.FollowingCount - 1, (await creators.FindCreatorByNameAsync("ada", CancellationToken.None))!.FollowingCount);
    }

    [Fact]
    public async Task Without_the_demo_nobody_is_invented()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        await PlatformApp.SeedDemoAsync(platform.App);
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from person")));
    }

    private static async Task<(long, long)> CountsAsync(ConnectedApp client)
    {
        var user = (await client.CallAsync(HttpMethod.Get, "/v2/user/info/?fields=follower_count,following_count")).Json.GetProperty("data").GetProperty("user");
        return (user.GetProperty("follower_count").GetInt64(), user.GetProperty("following_count").GetInt64());
    }
}
