using Holdfast.Platform.Posting;
using Holdfast.Platform.Posting.Inbox;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Posting;

public sealed class DraftSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_draft_waits_in_the_inbox_until_its_creator_posts_it(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await client.ListenAsync();
        var publishId = await client.DeliverAsync();
        Assert.Matches(@"^v_inbox_file~v2\.\d{19}$", publishId);
        Assert.Equal("SEND_TO_USER_INBOX", (await client.StatusAsync(publishId)).Data("status"));
        Assert.Equal(["post.publish.inbox_delivered"], (await client.EventsAsync()).Select(told => told.Name));
        using var creator = await client.CreatorAsync();
        client.Platform.Clock.Advance(TimeSpan.FromSeconds(1));

        var page = await creator.GetAsync(await PathAsync(client, publishId));
        var posted = await creator.SubmitAsync(page, await PathAsync(client, publishId), ("caption", "wheel, then kiln"), ("privacy", "PUBLIC_TO_EVERYONE"), ("decision", "post"));

        Assert.Equal(303, posted.Status);
        Assert.Contains("wheel, then kiln", (await creator.GetAsync(posted.Location!)).Text, StringComparison.Ordinal);
        var status = await client.StatusAsync(publishId);
        Assert.Equal("PUBLISH_COMPLETE", status.Data("status"));
        Assert.EndsWith(status.Json.GetProperty("data").GetProperty("publicaly_available_post_id")[0].GetRawText(), posted.Location, StringComparison.Ordinal);
        var told = await client.EventsAsync();
        Assert.Equal(["post.publish.inbox_delivered", "post.publish.complete", "post.publish.publicly_available"], told.Select(one => one.Name));
        Assert.All(told, one => Assert.Equal((publishId, "INBOX_SHARE"), (one.Content.GetProperty("publish_id").GetString(), one.Content.GetProperty("publish_type").GetString())));
        Assert.Contains("Open the post", (await creator.GetAsync("/inbox")).Text, StringComparison.Ordinal);
        await client.Platform.Service<Holdfast.Platform.Profiles.ChangePosts>().DeleteAsync(client.Creator.Id, posted.Location!.Split('/')[^1], CancellationToken.None);
        Assert.DoesNotContain("Open the post", (await creator.GetAsync("/inbox")).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Of_two_answers_to_one_draft_one_counts(Engine engine)
    {
        await using var client = await ConnectedApp.OpenAsync(engine: engine);
        await client.DeliverAsync();
        var draft = (await client.Platform.Service<Drafts>().ListAsync(client.Creator.Id, CancellationToken.None))[0];
        var choice = new DraftChoice("", "once", "SELF_ONLY", true, true, true);
        var publish = client.Platform.Service<PublishPosts>();

        var posts = await Task.WhenAll(publish.FinishAsync(draft, choice, CancellationToken.None), publish.FinishAsync(draft, choice, CancellationToken.None));

        Assert.Single(posts, post => post is not null);
        Assert.False(await client.Platform.Service<Drafts>().DiscardAsync(draft, CancellationToken.None));
    }

    [Fact]
    public async Task A_discarded_draft_is_gone_with_its_bytes_and_the_app_hears_nothing_of_it()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.ListenAsync();
        var publishId = await client.DeliverAsync();
        using var creator = await client.CreatorAsync();
        var path = await PathAsync(client, publishId);

        Assert.Equal("/inbox?discarded", (await creator.SubmitAsync(await creator.GetAsync(path), path, ("decision", "discard"))).Location);

        Assert.Equal(404, (await creator.GetAsync(path)).Status);
        Assert.Equal("SEND_TO_USER_INBOX", (await client.StatusAsync(publishId)).Data("status"));
        Assert.Equal(["post.publish.inbox_delivered"], (await client.EventsAsync()).Select(told => told.Name));
        await UntilAsync(async () => await client.Platform.Service<Holdfast.Storage.Blobs.IBlobStore>().LengthAsync((await client.RowAsync(publishId)).BlobKey, CancellationToken.None) is null);
    }

    [Fact]
    public async Task A_draft_is_its_creators_alone()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var path = await PathAsync(client, await client.DeliverAsync());
        await ConnectedApp.CreatorAsync(client.Platform, "bruno");
        using var bruno = client.Platform.Visitor();
        await bruno.LogInAsync("bruno");
        using var creator = await client.CreatorAsync();
        var page = await creator.GetAsync(path);

        foreach (var part in (string[])["", "/file", "/cover", "/photo/1"])
            Assert.Equal(404, (await bruno.GetAsync(path + part)).Status);
        Assert.Equal(200, (await creator.GetAsync(path + "/file")).Status);
        Assert.Equal(200, (await creator.GetAsync(path + "/cover")).Status);
        Assert.NotEqual(303, (await bruno.PostAsync(path, ("decision", "discard"), ("__RequestVerificationToken", Token(page)))).Status);
        Assert.StartsWith("/login", (await client.Platform.Visitor().GetAsync(path)).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_offers_what_the_account_offers_and_chooses_no_audience()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.SetAsync("is_private", true);
        await client.SetAsync("allows_comments", false);
        var path = await PathAsync(client, await client.DeliverAsync());
        using var creator = await client.CreatorAsync();
        var page = (await creator.GetAsync(path)).Page;

        Assert.Equal(["", "FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"], page.QuerySelectorAll("#privacy option").Select(option => option.GetAttribute("value") ?? ""));
        Assert.True(page.QuerySelector("#comments")!.HasAttribute("disabled")); // it is there
        Assert.True(page.QuerySelector("#duets")!.HasAttribute("disabled"));
        Assert.Equal(422, (await creator.SubmitAsync(await creator.GetAsync(path), path, ("privacy", ""), ("decision", "post"))).Status);
        Assert.Equal(422, (await creator.SubmitAsync(await creator.GetAsync(path), path, ("privacy", "PUBLIC_TO_EVERYONE"), ("decision", "post"))).Status);
        Assert.Equal(422, (await creator.SubmitAsync(await creator.GetAsync(path), path, ("caption", new string('a', 2201)), ("privacy", "SELF_ONLY"), ("decision", "post"))).Status);
        Assert.Equal(303, (await creator.SubmitAsync(await creator.GetAsync(path), path, ("caption", new string('a', 2200)), ("privacy", "SELF_ONLY"), ("comments", "true"), ("decision", "post"))).Status);
        Assert.True((await client.Platform.Service<Holdfast.Platform.Profiles.VideoStore>().ListAllAsync(client.Creator.Id, long.MaxValue, 1, CancellationToken.None))[0].CommentDisabled);
    }

    [Fact]
    public async Task A_banned_creator_keeps_the_draft_and_posts_nothing()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var path = await PathAsync(client, await client.DeliverAsync());
        await client.SetAsync("banned_from_posting_at", 1L);
        using var creator = await client.CreatorAsync();
        Assert.Equal(422, (await creator.SubmitAsync(await creator.GetAsync(path), path, ("privacy", "SELF_ONLY"), ("decision", "post"))).Status);
        Assert.Equal((403, "spam_risk_user_banned_from_posting"), Code(await client.DraftAsync(1000)));
    }

    [Fact]
    public async Task Five_drafts_of_a_day_may_wait_and_posting_or_failing_makes_room()
    {
        await using var client = await ConnectedApp.OpenAsync();
        var publishId = await client.DeliverAsync();
        for (var draft = 0; draft < 4; draft++)
            Assert.Equal("ok", (await client.DraftAsync(1000)).Code);
        Assert.Equal((403, "spam_risk_too_many_pending_share"), Code(await client.DraftAsync(1000)));

        using var creator = await client.CreatorAsync();
        var path = await PathAsync(client, publishId);
        await creator.SubmitAsync(await creator.GetAsync(path), path, ("privacy", "SELF_ONLY"), ("decision", "post"));
        client.Platform.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("ok", (await client.DraftAsync(1000)).Code);
        Assert.Equal((403, "spam_risk_too_many_pending_share"), Code(await client.DraftAsync(1000)));

        client.Platform.Clock.Advance(TimeSpan.FromHours(24));
        client.Token = (await client.Platform.GrantAsync(client.App, client.Creator, ConnectedApp.AllScopes)).Access;
        Assert.Equal("ok", (await client.DraftAsync(1000)).Code);
    }

    [Fact]
    public async Task Drafts_work_for_unaudited_apps_and_public_accounts_and_count_as_no_post()
    {
        await using var client = await ConnectedApp.OpenAsync(posting: options => options.PostsPerDay = 1);
        await client.SetAsync("app.is_audited", false);
        Assert.Equal("ok", (await client.DraftAsync(1000)).Code);
        Assert.Equal("ok", (await client.DraftAsync(1000)).Code);
        await client.SetAsync("app.is_audited", true);
        Assert.Equal("ok", (await client.InitAsync(1000)).Code);
    }

    [Fact]
    public async Task An_app_whose_access_was_removed_hears_nothing_when_its_draft_is_posted()
    {
        await using var client = await ConnectedApp.OpenAsync();
        await client.ListenAsync();
        var path = await PathAsync(client, await client.DeliverAsync());
        await client.Platform.RevokeAsync(client.App, client.Token);
        using var creator = await client.CreatorAsync();

        Assert.Equal(303, (await creator.SubmitAsync(await creator.GetAsync(path), path, ("privacy", "PUBLIC_TO_EVERYONE"), ("decision", "post"))).Status);

        Assert.DoesNotContain(await client.EventsAsync(), told => told.Name is "post.publish.complete" or "post.publish.publicly_available");
    }

    [Fact]
    public async Task The_bar_tells_how_many_drafts_wait()
    {
        await using var client = await ConnectedApp.OpenAsync();
        using var creator = await client.CreatorAsync();
        Assert.DoesNotContain("draft waits", (await creator.GetAsync("/inbox")).Text, StringComparison.Ordinal);
        await client.DeliverAsync();
        Assert.Contains("1 draft waits", (await creator.GetAsync("/")).Text, StringComparison.Ordinal);
    }

    internal static async Task<string> PathAsync(ConnectedApp client, string publishId) => $"/inbox/{(await client.RowAsync(publishId)).Id}";

    internal static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            Assert.True(tries < 100, "It did not come true.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestClock.System);
        }
    }

    private static string Token(Visit page) => page.Page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value") ?? "";

    private static (int, string) Code(ApiReply reply) => (reply.Status, reply.Code);
}
