using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Posting;

/// <summary>The caps of §5.10, each counted over 24 hours of the clock.</summary>
public sealed class CapSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task An_unaudited_app_posts_for_five_creators_a_day_and_the_sixth_waits(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await client.SetAsync("app.is_audited", false);
        foreach (var name in (string[])["bruno", "chidi", "dora", "emil", "fay"])
            Assert.Equal("ok", (await AsAsync(client, name)).Code);
        Assert.Equal((403, "reached_active_user_cap"), Code(await AsAsync(client, "gus")));
        Assert.Equal("ok", (await AsAsync(client, "bruno")).Code); // is among the five

        client.Platform.Clock.Advance(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        Assert.Equal("ok", (await AsAsync(client, "gus")).Code);
    }

    [Fact]
    public async Task The_number_from_an_apps_audit_form_goes_before_the_servers()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.AuditedCreatorsPerDay = 1);
        await client.SetAsync("app.active_creators_per_day", 2L);
        Assert.Equal("ok", (await AsAsync(client, "bruno")).Code);
        Assert.Equal("ok", (await AsAsync(client, "chidi")).Code);
        Assert.Equal((403, "reached_active_user_cap"), Code(await AsAsync(client, "dora")));
        client.Token = (await client.Platform.GrantAsync(client.App, await ConnectedApp.CreatorAsync(client.Platform, "emil"), ConnectedApp.AllScopes)).Access;
        var info = await client.CallAsync(HttpMethod.Post, "/v2/post/publish/creator_info/query/");
        Assert.Equal((200, "reached_active_user_cap"), Code(info));
    }

    [Fact]
    public async Task A_creators_posts_are_counted_over_all_apps()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.PostsPerDay = 2);
        await client.InitAsync(1000);
        var first = client.Token;
        client.Token = (await client.Platform.GrantAsync(await client.Platform.AppAsync("other"), client.Creator, ConnectedApp.AllScopes)).Access;
        Assert.Equal("ok", (await client.InitAsync(1000)).Code);
        client.Token = first;
        Assert.Equal((403, "spam_risk_too_many_posts"), Code(await client.InitAsync(1000)));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_posts_at_once_do_not_both_take_the_last_place(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine, posting: options => options.PostsPerDay = 1);
        var answers = await Task.WhenAll(client.InitAsync(1000), client.InitAsync(1000), client.InitAsync(1000));
        Assert.Single(answers, answer => answer.Code == "ok");
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Creators_who_post_at_once_do_not_all_take_the_apps_last_places(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine, posting: options => options.UnauditedCreatorsPerDay = 2);
        await client.SetAsync("app.is_audited", false);
        List<string> tokens = [];
        foreach (var name in (string[])["bruno", "chidi", "dora", "emil", "fay", "gus"])
            tokens.Add((await client.Platform.GrantAsync(client.App, await ConnectedApp.CreatorAsync(client.Platform, name), ConnectedApp.AllScopes)).Access);
        await client.Platform.Database.WriteAsync(session => session.RunAsync("update creator set is_private = true"));

        var answers = await Task.WhenAll(tokens.Select(token =>
        {
            client.Token = token;
            return client.InitAsync(1000, privacy: "SELF_ONLY");
        }).ToList());

        Assert.Equal(2, answers.Count(answer => answer.Code == "ok"));
        Assert.All(answers.Where(answer => answer.Code != "ok"), answer => Assert.Equal((403, "reached_active_user_cap"), Code(answer)));
    }

    [Fact]
    public async Task A_refusal_names_the_first_rule_that_is_broken()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.PostsPerDay = 1);
        await client.InitAsync(1000);
        await client.SetAsync("app.is_audited", false);
        Assert.Equal("invalid_params", (await client.PullAsync("http://elsewhere.example.test/", "NOBODY")).Code);
        Assert.Equal("url_ownership_unverified", (await client.PullAsync("https://elsewhere.example.test/", "NOBODY")).Code);
        Assert.Equal("privacy_level_option_mismatch", (await client.InitAsync(1000, privacy: "NOBODY")).Code);
        Assert.Equal("unaudited_client_can_only_post_to_private_accounts", (await client.InitAsync(1000)).Code);
        await client.SetAsync("app.is_audited", true);
        Assert.Equal("spam_risk_too_many_posts", (await client.InitAsync(1000)).Code);
    }

    [Fact]
    public async Task Creator_info_takes_a_json_type_without_a_body()
    {
        await using var client = await ConnectedApp.OpenAsync();
        foreach (var type in (string[])["application/json", "application/json; charset=UTF-8", "application/json;charset=UTF-8"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v2/post/publish/creator_info/query/") { Content = new ByteArrayContent([]) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
            request.Headers.Authorization = new("Bearer", client.Token);
            using var answer = await client.Platform.Http.SendAsync(request);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Contains("\"creator_username\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static async Task<ApiReply> AsAsync(ConnectedApp client, string name)
    {
        var person = await client.Platform.Service<Holdfast.People.PeopleStore>().FindByUserNameAsync(name, CancellationToken.None) ?? await ConnectedApp.CreatorAsync(client.Platform, name);
        await client.Platform.Database.WriteAsync(session => session.RunAsync("update creator set is_private = true where person_id = @Id", new { person.Id }));
        client.Token = (await client.Platform.GrantAsync(client.App, person, ConnectedApp.AllScopes)).Access;
        return await client.InitAsync(1000, privacy: "SELF_ONLY");
    }

    private static (int, string) Code(ApiReply reply) => (reply.Status, reply.Code);
}
