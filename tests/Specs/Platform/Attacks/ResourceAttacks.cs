using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Holdfast.Platform.Tokens;
using Holdfast.Specs.Platform.Posting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B3, cases 67–69 and 72: access tokens at the resource API, and what they are made of.</summary>
public sealed class ResourceAttacks
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact]
    public async Task Case_67_a_token_is_taken_from_its_header_and_from_nowhere_else()
    {
        await using var client = await ConnectedApp.OpenAsync();
        using var form = new FormUrlEncodedContent([new("access_token", client.Token)]);
        foreach (var (method, path, content) in new (HttpMethod, string, HttpContent?)[]
        {
            (HttpMethod.Get, $"/v2/user/info/?fields=open_id&access_token={client.Token}", null),
            (HttpMethod.Post, "/v2/video/list/?fields=id", form),
            (HttpMethod.Post, "/v2/video/list/?fields=id", new StringContent(JsonSerializer.Serialize(new { access_token = client.Token }), Encoding.UTF8, "application/json")),
        })
        {
            using var answer = await client.Platform.Http.SendAsync(new HttpRequestMessage(method, path) { Content = content });
            Assert.Equal((401, "access_token_invalid"), ((int)answer.StatusCode, new ApiReply(401, await answer.Content.ReadAsStringAsync()).Code));
        }

        using var twice = new HttpRequestMessage(HttpMethod.Get, "/v2/user/info/?fields=open_id");
        twice.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {client.Token}", "Bearer act.other"]);
        using var basic = new HttpRequestMessage(HttpMethod.Get, "/v2/user/info/?fields=open_id") { Headers = { Authorization = new AuthenticationHeaderValue("Basic", client.Token) } };
        Assert.All(await Task.WhenAll(client.Platform.Http.SendAsync(twice), client.Platform.Http.SendAsync(basic)), answer => Assert.Equal(401, (int)answer.StatusCode));
    }

    // Precedence: TikTok's own 401 scope_not_authorized (§7.2), also for a missing scope.
    [Theory, MemberData(nameof(Engines))]
    public async Task Case_68_a_token_opens_what_was_granted_while_it_lives_and_is_dead_with_the_next_call(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync("user.info.basic", engine);
        Assert.Equal((200, "ok"), Short(await InfoAsync()));
        Assert.Equal((401, "scope_not_authorized"), Short(await client.CallAsync(HttpMethod.Get, "/v2/user/info/?fields=follower_count")));
        Assert.Equal((401, "scope_not_authorized"), Short(await client.CallAsync(HttpMethod.Post, "/v2/video/list/?fields=id", "{}")));

        client.Platform.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal((401, "access_token_invalid"), Short(await InfoAsync()));

        client.Token = (await client.Platform.GrantAsync(client.App, client.Creator)).Access;
        Assert.Equal(200, (await InfoAsync()).Status);
        await client.Platform.RevokeAsync(client.App, client.Token);
        Assert.Equal((401, "access_token_invalid"), Short(await InfoAsync()));

        client.Token = (await client.Platform.GrantAsync(client.App, client.Creator)).Access;
        await client.Platform.Database.WriteAsync(session => session.RunAsync("delete from person where id = @Id", new { client.Creator.Id }));
        Assert.Equal((401, "access_token_invalid"), Short(await InfoAsync()));

        Task<ApiReply> InfoAsync() => client.CallAsync(HttpMethod.Get, "/v2/user/info/?fields=open_id");
    }

    [Fact]
    public async Task Case_69_a_token_shows_its_own_account_and_each_app_knows_the_account_by_another_name()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var video = await client.PublishAsync();
        var (bruno, other) = (await ConnectedApp.CreatorAsync(client.Platform, "bruno"), await client.Platform.AppAsync("other"));
        var adaElsewhere = await client.Platform.GrantAsync(other, client.Creator);
        var adaHere = (await client.CallAsync(HttpMethod.Get, "/v2/user/info/?fields=open_id")).Json.GetProperty("data").GetProperty("user").GetProperty("open_id").GetString()!;
        var brunoHere = await client.Platform.GrantAsync(client.App, bruno, ConnectedApp.AllScopes);
        client.Token = brunoHere.Access;

        var theirs = await client.CallAsync(HttpMethod.Post, "/v2/video/query/?fields=id", JsonSerializer.Serialize(new { filters = new { video_ids = new[] { video } } }));
        var asked = await client.CallAsync(HttpMethod.Get, $"/v2/user/info/?fields=open_id&open_id={adaHere}");

        Assert.Equal(3, new[] { adaHere, adaElsewhere.Text("open_id"), brunoHere.Text("open_id") }.Distinct().Count());
        Assert.Empty(theirs.Json.GetProperty("data").GetProperty("videos").EnumerateArray());
        Assert.Equal(brunoHere.Text("open_id"), asked.Json.GetProperty("data").GetProperty("user").GetProperty("open_id").GetString());
    }

    [Fact]
    public async Task A_client_of_the_api_never_meets_a_page()
    {
        await using var client = await ConnectedApp.OpenAsync();

        var huge = await client.CallAsync(HttpMethod.Post, "/v2/video/list/?fields=id", "{\"x\":\"" + new string('x', 2_000_000) + "\"}");

        Assert.Equal((413, "invalid_params"), Short(huge));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_text_with_nul_or_half_a_letter_is_refused_on_both_engines(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        foreach (var text in (string[])["a\\u0000b", "a\\ud800b"])
        {
            Assert.Equal((400, "invalid_publish_id"), Short(await client.CallAsync(HttpMethod.Post, "/v2/post/publish/status/fetch/", $"{{\"publish_id\":\"{text}\"}}")));
            var init = await client.CallAsync(HttpMethod.Post, "/v2/post/publish/video/init/", $"{{\"post_info\":{{\"title\":\"{text}\",\"privacy_level\":\"SELF_ONLY\"}},\"source_info\":{{\"source\":\"FILE_UPLOAD\",\"video_size\":9,\"chunk_size\":9,\"total_chunk_count\":1}}}}");
            Assert.Equal(400, init.Status);
            Assert.Equal((400, "invalid_params"), Short(await client.CallAsync(HttpMethod.Post, "/v2/video/query/?fields=id", $"{{\"filters\":{{\"video_ids\":[\"{text}\"]}}}}")));
        }
        // A name is looked at on the way to ours.
        Assert.Equal((400, "invalid_publish_id"), Short(await client.CallAsync(HttpMethod.Post, "/v2/post/publish/status/fetch/", """{"\ud800 and many more letters":1}""")));
        using var browser = new Visitor(client.Platform.Http.BaseAddress!);
        Assert.Equal(400, (await browser.LogInAsync("ada\0")).Status);
        Assert.Equal(400, (await browser.LogInAsync("ada", "pass\0word")).Status);
        Assert.Equal(400, (await browser.GetAsync("/login?next=%00")).Status);
        Assert.Equal(400, (await browser.GetAsync("/@ada%00")).Status);
        Assert.Equal(400, (await client.Platform.RenewAsync(client.App, "rft.\0")).Status);
        Assert.Equal(400, (await client.Platform.RenewAsync(client.App with { ClientKey = "a\0" }, "rft.x")).Status);
    }

    // Random for ever (§2.8): an open_id is drawn, not derived, so there is no server key that could leak it.
    [Fact]
    public void Case_72_tokens_are_256_random_bits_and_repeat_nothing()
    {
        var text = new TokenText(new SystemSecrets());
        var count = Volume.Of(5_000, 100_000);
        var tokens = Enumerable.Range(0, count).Select(_ => text.Next("act.")).ToList();

        Assert.Equal(count, tokens.Distinct().Count());
        Assert.All(tokens, token => Assert.Matches("^act\\.[A-Za-z0-9_-]{43}$", token));
        var octets = tokens.Select(token => System.Buffers.Text.Base64Url.DecodeFromChars(token.AsSpan(4))).ToList();
        Assert.All(octets, bytes => Assert.Equal(32, bytes.Length));
        // No bit leans: six standard deviations of a fair coin.
        for (var bit = 0; bit < 256; bit++)
        {
            var ones = octets.Count(bytes => (bytes[bit / 8] >> bit % 8 & 1) == 1);
            Assert.InRange(ones, count / 2.0 - 3 * Math.Sqrt(count), count / 2.0 + 3 * Math.Sqrt(count));
        }
        Assert.Equal(count, Enumerable.Range(0, count).Select(_ => text.NextCode()).Distinct().Count());
        Assert.NotEqual(text.NextOpenId(), text.NextOpenId());
    }

    private static (int, string) Short(ApiReply answer) => (answer.Status, answer.Code);
}
