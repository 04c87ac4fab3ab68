using System.Net;
using AngleSharp.Html.Parser;
using Holdfast.Domain.Posts;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Media;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>The compose page as TikTok's audit wants it and people need it.</summary>
public sealed class ComposeSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly (string, string)[] Complete =
    [
        ("media", "sample:wheel"), ("caption", "A pot"), ("privacy", "PUBLIC_TO_EVERYONE"), ("when", "later"), ("date", "2026-11-03"), ("time", "09:30"), ("action", "schedule"),
    ];

    [Fact]
    public async Task The_page_shows_what_the_account_may_post_and_chooses_nothing_for_the_person()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        await ConnectAsync(studio);

        var page = await studio.PageAsync("/compose");

        Assert.Contains("Ada", page.QuerySelector("#account-part")!.TextContent);
        var options = page.QuerySelectorAll("select[name=privacy] option");
        Assert.Equal(["", "PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"], options.Select(option => option.GetAttribute("value")));
        Assert.True(options[0].HasAttribute("selected"));
        Assert.All(["comment", "duet", "stitch", "commercial", "own_brand", "branded"], name => Assert.False(page.QuerySelector($"input[name={name}]")!.HasAttribute("checked")));
        Assert.True(page.QuerySelector("input[name=stitch]")!.HasAttribute("disabled"));
        Assert.False(page.QuerySelector("input[name=duet]")!.HasAttribute("disabled"));
        Assert.Contains("music-usage-confirmation", page.QuerySelector("#consent a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task A_refusal_names_each_field_and_loses_nothing_that_was_typed()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        var connection = await ConnectAsync(studio);

        var (status, page) = await SendAsync(studio, [("connection", connection), ("caption", "Half a thought"), ("comment", "true"), ("when", "later"), ("date", "2026-11-01"), ("time", "09:00"), ("action", "schedule")]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Equal("Half a thought", page.QuerySelector("textarea[name=caption]")!.TextContent.Trim());
        Assert.True(page.QuerySelector("input[name=comment]")!.HasAttribute("checked"));
        Assert.Equal("2026-11-01", page.QuerySelector("input[name=date]")!.GetAttribute("value"));
        Assert.Equal(3, page.QuerySelectorAll(".field-error[id$=-error]").Count(error => error.TextContent.Trim().Length > 0));
        Assert.Empty(await studio.Service<PostStore>().PageAsync(studio.Workspace.Id, PostFilter.All));
    }

    [Fact]
    public async Task A_time_means_the_workspaces_wall_clock()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        var connection = await ConnectAsync(studio);

        var (status, _) = await SendAsync(studio, [("connection", connection), .. Complete]);

        Assert.Equal(HttpStatusCode.Redirect, status);
        var post = Assert.Single(await studio.Service<PostStore>().PageAsync(studio.Workspace.Id, PostFilter.Scheduled));
        Assert.Equal(new DateTimeOffset(2026, 11, 3, 8, 30, 0, TimeSpan.Zero), post.DueAt);
        Assert.NotNull(post.CoverUrl);
    }

    [Fact]
    public async Task P12_the_same_page_sent_twice_makes_one_post()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        var connection = await ConnectAsync(studio);
        var page = await studio.PageAsync("/compose");

        var answers = await Task.WhenAll(
            SendAsync(studio, [("connection", connection), .. Complete], page), SendAsync(studio, [("connection", connection), .. Complete], page));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.Status));
        Assert.Single(await studio.Service<PostStore>().PageAsync(studio.Workspace.Id, PostFilter.All));
    }

    [Theory]
    [InlineData("commercial=true", "promotes")]
    [InlineData("commercial=true&branded=true&privacy=SELF_ONLY", "alone")]
    [InlineData("privacy=FOLLOWER_OF_CREATOR", "does not offer")]
    [InlineData("media=", "Choose a video")]
    [InlineData("time=", "Give a date")]
    public async Task What_TikTok_would_refuse_is_refused_while_composing(string change, string sentence)
    {
        await using var studio = await StartAsync(new PostingTikTok());
        var connection = await ConnectAsync(studio);
        var fields = Complete.Prepend(("connection", connection)).ToDictionary(field => field.Item1, field => field.Item2);
        foreach (var pair in change.Split('&').Select(pair => pair.Split('=')))
            fields[pair[0]] = pair[1];

        var (status, page) = await SendAsync(studio, [.. fields.Select(field => (field.Key, field.Value))]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains(page.QuerySelectorAll(".field-error"), error => error.TextContent.Contains(sentence, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2200, HttpStatusCode.Redirect)]
    [InlineData(2201, HttpStatusCode.UnprocessableEntity)]
    public async Task A_caption_counts_as_TikTok_counts_it(int units, HttpStatusCode expected)
    {
        await using var studio = await StartAsync(new PostingTikTok());

        var (status, _) = await SendAsync(studio, [("caption", "🏺" + new string('a', units - 2)), ("action", "draft")]);

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task P17_an_app_before_its_audit_tells_a_public_account_while_composing_and_never_narrows_the_audience_silently()
    {
        await using var studio = await StartAsync(new PostingTikTok(), ("TikTok:Audited", "false"));
        var connection = await ConnectAsync(studio);
        Assert.Contains("not audited", (await studio.PageAsync("/compose")).QuerySelector("#account-part .notice")!.TextContent);

        var (status, page) = await SendAsync(studio, [("connection", connection), .. Complete]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("private", page.QuerySelector("#privacy-error")!.TextContent);
    }

    [Fact]
    public async Task An_account_that_may_not_post_now_is_told_with_its_log_id_and_a_draft_can_still_be_saved()
    {
        var tiktok = new PostingTikTok { Before = (path, _) => path.EndsWith("creator_info/query/", StringComparison.Ordinal) ? PostingTikTok.Says(200, "spam_risk_too_many_posts") : null };
        await using var studio = await StartAsync(tiktok);
        var connection = await ConnectAsync(studio);

        Assert.Contains("LOG-spam_risk_too_many_posts", (await studio.PageAsync("/compose")).QuerySelector("#account-part")!.TextContent);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(studio, [("connection", connection), .. Complete])).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await SendAsync(studio, [("connection", connection), ("caption", "later"), ("privacy", "SELF_ONLY"), ("action", "draft")])).Status);

        var draft = Assert.Single(await studio.Service<PostStore>().PageAsync(studio.Workspace.Id, PostFilter.Drafts));
        Assert.Equal(("later", "SELF_ONLY"), (draft.Caption, draft.Privacy));
    }

    [Fact]
    public async Task Without_script_the_form_itself_carries_the_video()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        var connection = await ConnectAsync(studio);
        await using var clip = studio.Service<Samples>().All[0].OpenVideo()!;

        var (status, _) = await SendAsync(studio, [("connection", connection), .. Complete.Where(field => field.Item1 != "media")], file: (clip, "my clip.mp4"));

        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.Equal("my clip.mp4", Assert.Single(await studio.Service<PostStore>().PageAsync(studio.Workspace.Id, PostFilter.Scheduled)).MediaName);
    }

    [Fact]
    public async Task A_form_of_another_site_stores_nothing()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        await using var clip = studio.Service<Samples>().All[0].OpenVideo()!;
        using var form = new MultipartFormDataContent { { new StringContent("forged"), "__RequestVerificationToken" }, { new StreamContent(clip), "file", "x.mp4" } };

        using var answer = await studio.Http.PostAsync("/compose", form);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(0, await studio.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from media")));
    }

    [Fact]
    public async Task A_planned_post_can_be_changed_and_someone_elses_change_meanwhile_is_not_overwritten_unseen()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        var connection = await ConnectAsync(studio);
        await SendAsync(studio, [("connection", connection), .. Complete]);
        var post = Assert.Single(await studio.Service<PostStore>().PageAsync(studio.Workspace.Id, PostFilter.Scheduled));
        var page = await studio.PageAsync($"/posts/{post.Id}/edit");
        Assert.Equal("09:30", page.QuerySelector("input[name=time]")!.GetAttribute("value"));
        Assert.Equal(ChangeAnswer.Done, await studio.Service<PostStore>().MoveAsync(studio.Workspace.Id, post.Id, Now.AddDays(2), post.Version));

        var (status, again) = await SendAsync(studio, [("connection", connection), .. Complete], page);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, status);
        Assert.Contains("Somebody else", again.QuerySelector(".compose-problems")!.TextContent);
        Assert.Equal(Now.AddDays(2), (await studio.Service<PostStore>().FindAsync(studio.Workspace.Id, post.Id))!.DueAt);
    }

    [Fact]
    public async Task Posts_of_another_workspace_do_not_exist_here()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        var stranger = await studio.PostAsync(Now.AddDays(1), workspaceId: "another-workspace");

        await studio.PageAsync($"/posts/{stranger}", 404);
        await studio.PageAsync($"/posts/{stranger}/edit", 404);
        Assert.Equal(ChangeAnswer.Gone, await studio.Service<PostStore>().CancelAsync(studio.Workspace.Id, stranger, 1, "Maren"));
    }

    [Fact]
    public async Task Every_state_reason_verdict_and_step_has_its_words()
    {
        await using var studio = await StartAsync(new PostingTikTok());
        var texts = studio.Service<Holdfast.Shell.Language.TextTable>();
        var keys = Enum.GetNames<PostState>().Select(state => $"posts.state.{state}")
            .Concat(Enum.GetNames<HoldReason>().SelectMany(reason => new[] { $"posts.waits.{reason}", $"posts.hold.{reason}", $"posts.event.{reason}" }))
            .Concat(Enum.GetNames<PostState>().Where(state => state is not ("Held" or "Failed")).Select(state => $"posts.event.{state}"))
            .Concat(Holdfast.Domain.Errors.ErrorTables.Api.All.Concat(Holdfast.Domain.Errors.ErrorTables.FailReasons.All).Select(rule => $"posts.{rule.TextKey}"));

        Assert.All(keys, key => Assert.True(texts.Has(key), key));
    }

    private static Task<SignedInStudio> StartAsync(PostingTikTok tiktok, params (string Key, string Value)[] settings) => SignedInStudio.StartAsync(Now, configure: builder =>
    {
        builder.Logging.ClearProviders();
        foreach (var (key, value) in settings.Append(("TikTok:ClientKey", "key")).Append(("TikTok:ClientSecret", "secret")))
            builder.Configuration[key] = value;
        builder.Services.AddSingleton(new TikTokWire(tiktok));
    });

    private static Task<string> ConnectAsync(SignedInStudio studio) => LiveConnection.AddAsync(studio.Service<IServiceProvider>(), studio.Workspace.Id, "open-1", Now);

    private static async Task<(HttpStatusCode Status, AngleSharp.Html.Dom.IHtmlDocument Page)> SendAsync(
        SignedInStudio studio, (string Name, string Value)[] fields, AngleSharp.Html.Dom.IHtmlDocument? page = null, (Stream Content, string Name)? file = null)
    {
        page ??= await studio.PageAsync("/compose");
        using var form = new MultipartFormDataContent();
        foreach (var name in new[] { "__RequestVerificationToken", "form_key", "post", "version" })
            form.Add(new StringContent(page.QuerySelector($"#compose input[name={name}]")!.GetAttribute("value") ?? ""), name);
        foreach (var (name, value) in fields)
            form.Add(new StringContent(value), name);
        if (file is { } video)
            form.Add(new StreamContent(video.Content), "file", video.Name);
        using var answer = await studio.Http.PostAsync("/compose", form);
        return (answer.StatusCode, new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync()));
    }
}
