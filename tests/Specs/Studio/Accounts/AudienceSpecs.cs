using System.Net;
using System.Text;
using System.Web;
using Holdfast.Studio.Accounts;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Follower lists in Studio: asked for and shown where the other end is our Platform, and never where it is TikTok.</summary>
public sealed class AudienceSpecs : IAsyncLifetime
{
    private const string FollowList = "platform.follow.list";
    private const string WithLists = FakeTikTok.AllScopes + "," + FollowList;

    private SignedInStudio studio = null!; // made before every test
    private FakeTikTok tiktok = null!; // made before every test

    public async ValueTask InitializeAsync()
    {
        studio = await SignedInStudio.StartAsync(DateTimeOffset.FromUnixTimeSeconds(1_793_491_200), configure: builder =>
            builder.Services.AddSingleton(services => new TikTokWire(tiktok = new FakeTikTok(services.GetRequiredService<TimeProvider>()))));
        await ConnectToAsync(TikTokEndpoints.At(new Uri("http://localhost:1")));
    }

    public ValueTask DisposeAsync() => studio.DisposeAsync();

    [Theory]
    [InlineData("http://localhost:1", "http://localhost:1", true)]
    [InlineData("https://platform.example.test", "https://platform.example.test", true)]
    [InlineData("https://www.tiktok.com", "https://open.tiktokapis.com", false)]
    [InlineData("https://www.tiktok.com", "https://proxy.example.test", false)]
    [InlineData("https://nottiktok.com", "https://eviltiktokapis.com", true)]
    public async Task The_scope_is_asked_for_except_at_tiktok_itself(string authorize, string api, bool isAsked)
    {
        await ConnectToAsync(new TikTokEndpoints(new Uri(authorize), new Uri(api)));
        using var answer = await studio.Http.GetAsync("/connect/tiktok/");
        Assert.Equal(isAsked, HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["scope"]!.Split(',').Contains(FollowList));
    }

    [Fact]
    public async Task Where_they_were_granted_the_account_shows_both_lists_and_leads_to_all_of_each()
    {
        var page = await ConnectAsync(WithLists);
        AnswerLists();

        var account = await studio.PageAsync(page);
        Assert.Contains("Bruno Salgado", account.QuerySelector("#audience")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Follower lists", account.QuerySelector("#permissions")!.TextContent, StringComparison.Ordinal);
        var list = await studio.PageAsync(page + "/followers");
        Assert.Contains("@bruno", list.QuerySelector(".audience-people")!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"{page}/followers?before=1793491000000", list.QuerySelector("a[rel=next]")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Without_the_scope_nothing_is_asked_and_it_stands_among_what_was_left_out()
    {
        var page = await ConnectAsync(FakeTikTok.AllScopes);

        var account = await studio.PageAsync(page);
        Assert.Null(account.QuerySelector("#audience"));
        Assert.Contains("without these permissions: Follower lists.", account.QuerySelector("#account .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("did not grant its lists", (await studio.PageAsync(page + "/following")).Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(tiktok.Calls, call => call.Path.Contains("/platform/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_leaves_the_account_page_whole()
    {
        var page = await ConnectAsync(WithLists);
        tiktok.Fault = (path, _, _) => Task.FromResult(path.Contains("/platform/", StringComparison.Ordinal) ? new HttpResponseMessage(HttpStatusCode.BadGateway) : null);

        Assert.Contains("cannot be read right now", (await studio.PageAsync(page)).QuerySelector("#audience")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("cannot be read right now", (await studio.PageAsync(page + "/followers")).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("live", (await studio.PageAsync(page)).QuerySelector("[data-state]")!.GetAttribute("data-state"));
    }

    [Fact]
    public async Task Another_workspaces_account_has_no_lists_here()
    {
        using var answer = await studio.Http.GetAsync("/accounts/01hzzzzzzzzzzzzzzzzzzzzzzz/followers");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private void AnswerLists() => tiktok.Fault = (path, _, _) => Task.FromResult(path.Contains("/platform/user/", StringComparison.Ordinal)
        ? new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new StringContent($$$"""
                {"data":{"user_{{{(path.Contains("followers", StringComparison.Ordinal) ? "followers" : "following")}}}":[{"display_name":"Bruno Salgado","username":"bruno"}],"cursor":1793491000000,"has_more":true},
                 "error":{"code":"ok","message":"","log_id":"20261101120000A1B2C3D4E5F60718293A"}}
                """, Encoding.UTF8, "application/json"),
        }
        : null);

    private Task ConnectToAsync(TikTokEndpoints endpoints) =>
        studio.Service<StudioTikTok>().SaveAsync(endpoints, new ClientCredentials(FakeTikTok.ClientKey, new ClientSecret(FakeTikTok.ClientSecret)));

    /// <summary>Connects an account; the answer is the path of its page.</summary>
    private async Task<string> ConnectAsync(string scopes)
    {
        using var begun = await studio.Http.GetAsync("/connect/tiktok/");
        var asked = HttpUtility.ParseQueryString(begun.Headers.Location!.Query);
        var code = tiktok.Consent(new FakeAccount("open-ada", "Ada"), scopes, asked["code_challenge"]);
        using var done = await studio.Http.GetAsync($"/connect/tiktok/callback/?iss=http%3A%2F%2Flocalhost%3A1&code={Uri.EscapeDataString(code)}&scopes={Uri.EscapeDataString(scopes)}&state={Uri.EscapeDataString(asked["state"]!)}");
        return done.Headers.Location!.OriginalString.Split('?')[0];
    }
}
