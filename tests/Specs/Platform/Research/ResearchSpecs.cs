using System.Text.Json;
using Holdfast.Platform.Audience;
using Holdfast.Platform.Research;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Developers;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Research;

public sealed class ResearchSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Everybody_is_listed_once_newest_first_with_a_cursor_of_seconds(Engine engine)
    {
        await using var client = await OpenAsync(engine);
        await FollowedByAsync(client, 7);
        List<string> seen = [];
        for (var (cursor, more) = (0L, true); more;)
        {
            var page = (await AskAsync(client, "followers", new { username = "ada", max_count = 3, cursor })).Json.GetProperty("data");
            seen.AddRange(page.GetProperty("user_followers").EnumerateArray().Select(person => person.GetProperty("username").GetString()!)); // everybody has one
            (cursor, more) = (page.GetProperty("cursor").GetInt64(), page.GetProperty("has_more").GetBoolean());
        }
        Assert.Equal(["fan6", "fan5", "fan4", "fan3", "fan2", "fan1", "fan0"], seen);
    }

    [Fact]
    public async Task Those_an_account_follows_are_listed_too_and_a_cursor_includes_its_second()
    {
        await using var client = await OpenAsync();
        await FollowedByAsync(client, 2);
        var at = (await client.Platform.Service<Follows>().ListAsync(client.Creator.Id, AudienceList.Followers, long.MaxValue, 1, CancellationToken.None))[0].FollowedAt.ToUnixTimeSeconds();
        Assert.Equal(["ada"], await NamesAsync(client, "following", new { username = "fan0" }));
        Assert.Equal(["fan1", "fan0"], await NamesAsync(client, "followers", new { username = "ada", cursor = at }));
        Assert.Equal(["fan0"], await NamesAsync(client, "followers", new { username = "ada", cursor = at - 1 }));
    }

    [Theory]
    [InlineData("""{"max_count":2}""")]
    [InlineData("""{"username":"nobody"}""")]
    [InlineData("""{"username":"ada","max_count":101}""")]
    [InlineData("""{"username":"ada","max_count":0}""")]
    [InlineData("""{"username":"ada","cursor":-1}""")]
    [InlineData("""{"username":"ada","cursor":9223372036854775807}""")]
    [InlineData("not json")]
    public async Task A_question_that_makes_no_sense_is_refused(string body)
    {
        await using var client = await OpenAsync();
        var answer = await client.CallAsync(HttpMethod.Post, "/v2/research/user/followers/", body);
        Assert.Equal((400, "invalid_params", "{}"), (answer.Status, answer.Code, answer.Json.GetProperty("data").GetRawText()));
    }

    [Fact]
    public async Task A_private_account_looks_like_one_that_is_not_there()
    {
        await using var client = await OpenAsync();
        await client.SetAsync("is_private", true);
        var hidden = await AskAsync(client, "followers", new { username = "ada" });
        var missing = await AskAsync(client, "followers", new { username = "nobody" });
        Assert.Equal((400, "invalid_params", missing.Message), (hidden.Status, hidden.Code, hidden.Message));
    }

    [Fact]
    public async Task Only_the_token_of_an_app_that_may_research_opens_the_lists()
    {
        await using var client = await OpenAsync();
        var own = client.Token;
        client.Token = (await client.Platform.GrantAsync(client.App, client.Creator)).Access;
        Assert.Equal((401, "access_token_invalid"), Code(await AskAsync(client, "followers", new { username = "ada" })));

        client.Token = own;
        await client.Platform.Database.WriteAsync(session => session.RunAsync("delete from app_scope where scope = 'research.data.basic'"));
        Assert.Equal((401, "scope_not_authorized"), Code(await AskAsync(client, "followers", new { username = "ada" })));
        await client.SetAsync("app.disabled_at", 1L);
        Assert.Equal((401, "access_token_invalid"), Code(await AskAsync(client, "followers", new { username = "ada" })));
        await client.SetAsync("app.disabled_at", 0L);
    }

    [Fact]
    public async Task A_client_token_lapses_and_opens_nothing_of_any_person()
    {
        await using var client = await OpenAsync();
        Assert.Equal((401, "access_token_invalid"), Code(await client.CallAsync(HttpMethod.Get, "/v2/user/info/?fields=open_id")));
        client.Platform.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((401, "access_token_invalid"), Code(await AskAsync(client, "followers", new { username = "ada" })));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_days_requests_are_counted_and_come_back_at_midnight(Engine engine)
    {
        await using var client = await OpenAsync(engine, options => options.RequestsPerDay = 3);
        client.Platform.Clock.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1)); // the clock began at noon
        await TokenAsync(client);
        for (var call = 0; call < 3; call++)
            Assert.Equal(200, (await AskAsync(client, "followers", new { username = "ada" })).Status);
        Assert.Equal((429, "rate_limit_exceeded"), Code(await AskAsync(client, "following", new { username = "ada" })));

        client.Platform.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, (await AskAsync(client, "followers", new { username = "ada" })).Status);
    }

    [Fact]
    public async Task A_days_records_are_counted()
    {
        await using var client = await OpenAsync(research: options => options.RecordsPerDay = 4);
        await FollowedByAsync(client, 3);
        Assert.Equal(200, (await AskAsync(client, "followers", new { username = "ada" })).Status);
        Assert.Equal(200, (await AskAsync(client, "followers", new { username = "ada" })).Status); // 3 of 4 were used
        Assert.Equal((429, "rate_limit_exceeded"), Code(await AskAsync(client, "followers", new { username = "ada" })));
    }

    [Fact]
    public async Task The_portal_gives_the_research_product_and_still_no_person_can_be_asked_for_it()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();

        await dev.SendAsync(app, "/products", "/products", ("product", "LoginKit"), ("product", "DisplayApi"), ("product", "ResearchApi"), ("scope", "video.list"), ("scope", "research.data.basic"));
        Assert.Equal(303, (await dev.SubmitAsync(app)).Status);

        var scopes = await platform.Database.ReadAsync(session => session.ListAsync<string>("select scope from app_scope where app_id = @Id order by scope", new { app.Id }));
        Assert.Equal(["research.data.basic", "user.info.basic", "video.list"], scopes);
        Assert.Contains("error_type=client_key", (await dev.Browser.OpenAsync(AuthorizePages.Request(app, ("scope", "user.info.basic,research.data.basic")))).Answer.RequestMessage!.RequestUri!.Query, StringComparison.Ordinal);
        Assert.Equal("invalid_scope", (await platform.PostAsync("/v2/oauth/get_qrcode/", ("client_key", app.ClientKey), ("scope", "research.data.basic"))).Error);
    }

    [Fact]
    public void More_people_in_one_second_than_fit_a_page_do_not_come_again_for_ever()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_000);
        ListedPerson[] crowd = [.. Enumerable.Range(0, 4).Select(person => new ListedPerson { UserName = $"p{person}", FollowedAt = at.AddMilliseconds(900 - person) })];
        Assert.Equal((999, true), (ResearchPage.Of(crowd, 3, 1_000).Cursor, ResearchPage.Of(crowd, 3, 1_000).HasMore));
    }

    internal static async Task<ConnectedApp> OpenAsync(Engine engine = Engine.Sqlite, Action<ResearchOptions>? research = null)
    {
        var client = await ConnectedApp.OpenAsync(engine: engine);
        research?.Invoke(client.Platform.Service<Microsoft.Extensions.Options.IOptions<ResearchOptions>>().Value);
        await client.Platform.Database.WriteAsync(session => session.RunAsync("insert into app_scope (app_id, scope) values (@Id, 'research.data.basic')", new { client.App.Id }));
        await TokenAsync(client);
        return client;
    }

    internal static async Task TokenAsync(ConnectedApp client) => client.Token = (await client.Platform.TokenAsync(
        ("client_key", client.App.ClientKey), ("client_secret", client.App.ClientSecret), ("grant_type", "client_credentials"))).Access;

    /// <summary>That many people follow the creator, three seconds apart.</summary>
    internal static async Task FollowedByAsync(ConnectedApp client, int people)
    {
        for (var fan = 0; fan < people; fan++)
        {
            var person = await ConnectedApp.CreatorAsync(client.Platform, $"fan{fan}");
            await client.Platform.Service<Follows>().FollowAsync(person.Id, client.Creator.Id, CancellationToken.None);
            client.Platform.Clock.Advance(TimeSpan.FromSeconds(3));
        }
    }

    private static Task<ApiReply> AskAsync(ConnectedApp client, string list, object question) =>
        client.CallAsync(HttpMethod.Post, $"/v2/research/user/{list}/", JsonSerializer.Serialize(question));

    private static async Task<IReadOnlyList<string>> NamesAsync(ConnectedApp client, string list, object question) =>
        [.. (await AskAsync(client, list, question)).Json.GetProperty("data").GetProperty($"user_{list}").EnumerateArray().Select(person => person.GetProperty("username").GetString() ?? "")];

    private static (int, string) Code(ApiReply reply) => (reply.Status, reply.Code);
}
