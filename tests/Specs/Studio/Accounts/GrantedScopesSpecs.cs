using System.Net;
using Holdfast.Domain.Connections;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>What was granted, by whom, and what of it outlives them: O2, O13, O14, cases 98, 103 and 105.</summary>
public sealed class GrantedScopesSpecs : ConnectingStudio
{
    [Fact, Trait("scenario", "O2")]
    public async Task Case_105_less_than_asked_is_told_once_and_nobody_is_sent_to_ask_again()
    {
        const string Less = "user.info.basic,video.publish";
        var target = await ConsentAsync(Ada, scopes: Less);
        for (var times = 0; times < 3; times++)
        {
            // The page itself, not one more redirect to TikTok; and one button, which the person may leave alone.
            var page = await studio.PageAsync(target);
            Assert.Empty(page.QuerySelectorAll("meta[http-equiv=refresh]"));
            Assert.Single((await studio.PageAsync("/accounts")).QuerySelectorAll("#accounts .notice a[data-connect]"));
            target = await ConsentAsync(Ada, $"{Start}?connection={IdOf(target)}", Less);
        }
        Assert.Equal(4, tiktok.Count("/v2/oauth/token/", "authorization_code"));
        Assert.Equal("live", (await RowAsync(IdOf(target))).State);
    }

    [Fact, Trait("scenario", "O2")]
    public async Task O2_what_was_left_out_is_named_whole_and_what_was_never_asked_for_is_not_missed()
    {
        var left = await studio.PageAsync(await ConsentAsync(Ada, scopes: "user.info.basic,user.info.profile,user.info.stats,video.list,video.upload"));
        Assert.Contains("left out: Publish videos, Follower lists.", left.QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("without these permissions: Publish videos, Follower lists.", left.QuerySelector("#account .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Follower lists", left.QuerySelector("#permissions")!.TextContent, StringComparison.Ordinal);

        // TikTok itself has no follower lists, and drafts are not asked for there.
        Assert.Equal([Ability.Publish], Abilities.Of(ScopeSet.Parse("user.info.basic,user.info.profile,user.info.stats,video.list"), StartConnect.ScopesFor(TikTokEndpoints.At(new("https://www.tiktok.com")))).Where(ability => !ability.IsGranted).Select(ability => ability.Ability));
    }

    [Fact]
    public async Task An_account_that_was_here_already_is_called_that()
    {
        const string All = FakeTikTok.AllScopes + ",platform.follow.list";
        var first = await studio.PageAsync(await ConsentAsync(Ada, scopes: All));
        studio.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("Ada is connected.", first.QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Ada was here already", (await studio.PageAsync(await ConsentAsync(Ada, scopes: All))).QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, "could not be checked")]
    [InlineData(null, "the account answers")]
    public async Task Check_now_says_what_it_heard(HttpStatusCode? fault, string said)
    {
        var id = IdOf(await ConsentAsync(Ada));
        tiktok.Fault = (_, _, _) => Task.FromResult(fault is { } status ? new HttpResponseMessage(status) : null);

        using var answer = await studio.PostAsync($"/accounts/{id}", $"/accounts/{id}/look");

        Assert.Contains(said, (await studio.PageAsync(answer.Headers.Location!.OriginalString)).QuerySelector(".toast")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case_103_a_permission_nobody_asked_for_is_not_taken_over()
    {
        var id = IdOf(await ConsentAsync(Ada, scopes: FakeTikTok.AllScopes + ",research.data.basic,dm.read"));

        Assert.Equal([.. FakeTikTok.AllScopes.Split(',').Order()], ScopeSet.Parse((await RowAsync(id)).Scopes).All.Order());
    }

    [Theory]
    [InlineData("https://platform.example.test", true)]
    [InlineData("https://www.tiktok.com", false)]
    public async Task Case_98_a_web_address_too_binds_its_codes_where_the_platform_takes_a_challenge(string platform, bool isBound)
    {
        await studio.Service<StudioTikTok>().SaveAsync(TikTokEndpoints.At(new(platform)), new(FakeTikTok.ClientKey, new(FakeTikTok.ClientSecret)));
        var web = new StartConnect(studio.Service<AttemptStore>(), studio.Service<StudioTikTok>(), studio.Service<SecretSeal>(), studio.Service<ISecretSource>(), studio.Service<Ulids>(),
            new AppOptions { Url = new Uri("https://studio.example.test"), Data = studio.Folder });

        var url = await web.BeginAsync(new Asker(studio.Workspace.Id, studio.MemberId, "session"), null, null, CancellationToken.None);

        Assert.Equal(isBound, url!.Query.Contains("code_challenge_method=S256", StringComparison.Ordinal));
        Assert.Equal(isBound, url.Query.Contains("iss=1", StringComparison.Ordinal));
    }

    [Fact, Trait("scenario", "O13")]
    public async Task O13_the_one_who_connected_leaves_and_another_member_signs_in_again()
    {
        var id = IdOf(await ConsentAsync(Ada));
        var other = ((Holdfast.People.SignUpResult.Added)await studio.Service<Holdfast.People.PeopleStore>().SignUpAsync(new("noor", "correct horse", DisplayName: "Noor"))).Person;
        await studio.Service<WorkspaceStore>().JoinAsync(studio.Workspace.Id, other.Id, "member");
        await studio.Database.WriteAsync(session => session.RunAsync("delete from person where id = @MemberId", new { studio.MemberId }));
        Assert.Equal("live", (await RowAsync(id)).State);
        studio.Clock.Advance(TimeSpan.FromHours(23));
        Assert.True(tiktok.IsAlive(await TokenAsync(id))); // renewed without whoever connected it

        await studio.SwitchToAsync(other.Id);
        var page = await studio.PageAsync($"/accounts/{id}");
        Assert.DoesNotContain("Maren", page.QuerySelector("#access")!.TextContent, StringComparison.Ordinal);
        tiktok.Remove(Ada);
        using var looked = await studio.PostAsync($"/accounts/{id}", $"/accounts/{id}/look");
        Assert.Equal("needs-sign-in", (await RowAsync(id)).State);

        Assert.Equal(id, IdOf(await ConsentAsync(Ada, $"{Start}?connection={id}")));
        Assert.Equal(("live", other.Id), ((await RowAsync(id)).State, (await RowAsync(id)).ConnectedBy));
    }

    [Fact, Trait("scenario", "O14")]
    public async Task O14_an_account_that_is_called_otherwise_now_is_the_same_connection_under_its_new_name()
    {
        var id = IdOf(await ConsentAsync(Ada));
        tiktok.Fault = (path, _, normal) => Task.FromResult(path == "/v2/user/info/" ? Renamed(normal()) : null);

        Assert.Equal(id, IdOf(await ConsentAsync(Ada, $"{Start}?connection={id}")));

        Assert.Equal("Ada L.", (await RowAsync(id)).Name);
        Assert.Single(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
        Assert.Contains("Now called Ada L.", (await studio.PageAsync($"/accounts/{id}")).QuerySelector("#timeline")!.TextContent, StringComparison.Ordinal);
    }

    private static HttpResponseMessage Renamed(HttpResponseMessage answer) =>
        FakeTikTok.Json(200, answer.Content.ReadAsStringAsync().GetAwaiter().GetResult().Replace("\"display_name\":\"Ada\"", "\"display_name\":\"Ada L.\"", StringComparison.Ordinal));
}
