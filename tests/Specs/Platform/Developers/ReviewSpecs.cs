using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Configurations;
using Holdfast.Platform.Developers.Review;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Developers;

/// <summary>Portal §2.4: what is live, what is wanted, and who decides.</summary>
public sealed class ReviewSpecs
{
    private const string Local = "http://127.0.0.1:*/callback/";
    private const string Moved = "http://127.0.0.1:*/moved/";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory]
    [InlineData("Draft", "Submit", false, "InReview")]
    [InlineData("NotApproved", "Submit", false, "InReview")]
    [InlineData("InReview", "Recall", false, "Draft")]
    [InlineData("InReview", "Approve", false, "Live")]
    [InlineData("InReview", "NotApprove", true, "NotApproved")]
    [InlineData("Live", "Revise", true, "Draft")]
    [InlineData("Draft", "Revert", true, "Live")]
    [InlineData("NotApproved", "Revert", true, "Live")]
    [InlineData("Draft", "Revert", false, null)]
    [InlineData("Draft", "Approve", true, null)]
    [InlineData("Live", "Submit", true, null)]
    [InlineData("Live", "Approve", true, null)]
    [InlineData("InReview", "Submit", false, null)]
    [InlineData("InReview", "Revise", true, null)]
    [InlineData("InReview", "Revert", true, null)]
    [InlineData("NotApproved", "Approve", false, null)]
    public void Each_state_has_its_ways_out(string state, string action, bool isApproved, string? next) =>
        Assert.Equal(next, ReviewRule.After(Enum.Parse<ReviewState>(state), Enum.Parse<ReviewAction>(action), isApproved)?.ToString());

    [Theory, MemberData(nameof(Engines))]
    public async Task Where_the_rule_decides_one_form_leads_to_a_key_that_works(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");

        var app = await dev.ConnectAsync();

        Assert.StartsWith("aw", app.ClientKey, StringComparison.Ordinal);
        Assert.Equal((16, 32), (app.ClientKey.Length, app.ClientSecret.Length));
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, "rft.x")).Error);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_revision_counts_when_it_is_made_live_and_what_is_live_goes_on_until_then(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();

        Assert.Equal(303, (await dev.SaveRedirectsAsync(app, Moved)).Status);
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
        Assert.Contains("still the live version", (await dev.GetAsync(app)).Page.QuerySelector("#standing")!.TextContent, StringComparison.Ordinal);
        var review = await dev.GetAsync(app, "/review");
        Assert.Contains(Local, review.Page.QuerySelector("#changes")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(Moved, review.Page.QuerySelector("#changes")!.TextContent, StringComparison.Ordinal);

        Assert.EndsWith("?done=approved", (await dev.SubmitAsync(app)).Location, StringComparison.Ordinal);

        Assert.Contains("not registered", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app, ("redirect_uri", "http://127.0.0.1:49152/moved/"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_can_be_dropped_and_what_was_submitted_is_what_was_seen()
    {
        await using var platform = await PlatformUnderTest.StartAsync();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        await dev.SaveRedirectsAsync(app, Moved);
        var seen = await dev.GetAsync(app, "/review");
        await dev.SaveRedirectsAsync(app, "http://127.0.0.1:*/elsewhere/");

        Assert.EndsWith("?done=meanwhile", (await dev.Browser.SubmitAsync(seen, $"/developers/apps/{app.Id}/review/submit")).Location, StringComparison.Ordinal);
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);

        Assert.EndsWith("?done=reverted", (await dev.SendAsync(app, "/review", "/review/revert")).Location, StringComparison.Ordinal);
        Assert.Equal(0, await platform.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from app_draft")));
        Assert.Contains("This app is live", (await dev.GetAsync(app, "/review")).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_93_a_draft_that_is_saved_while_another_is_submitted_does_not_become_live_unseen(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine);
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        var me = await dev.IdAsync();
        Assert.Equal(303, (await dev.SendAsync(app, "", "", ("name", "Kiln two"))).Status);

        var submitted = await platform.Database.WriteAsync(async session =>
        {
            await session.FirstAsync<string>($"select id from app where id = @Id {session.ForUpdate}", new { app.Id });
            var draft = (await ConfigurationStore.DraftAsync(session, app.Id))!; // saved above
            await ConfigurationStore.PutDraftAsync(session, app.Id, draft.Wanted with { Redirects = [new RegisteredRedirect { Platform = RedirectPlatform.Desktop, Uri = Moved }] }, draft.SavedAt);
            var submitting = platform.Service<Reviews>().SubmitAsync(me, app.Id, draft.SavedAt, "", CancellationToken.None);
            await Race.UntilWaitingAsync(session, 1);
            return (Task<SubmitResult>[])[submitting];
        });

        Assert.IsType<SubmitResult.NotThis>(await submitted[0]);
        Assert.Contains("not registered", (await dev.AuthorizeAsync(app, ("redirect_uri", "http://127.0.0.1:49152/moved/"))).Text, StringComparison.Ordinal);
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Where_a_person_decides_nobody_is_asked_before_the_first_yes(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder => builder.Configuration["Platform:Review"] = "manual");
        var reviews = platform.Service<Reviews>();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();

        var refused = await dev.AuthorizeAsync(app);
        Assert.Contains("This app is not approved", refused.Text, StringComparison.Ordinal);
        var address = (await dev.Browser.GetAsync(Authorize.AuthorizePages.Request(app))).Location!;
        Assert.Contains("error=unauthorized_client&error_type=client_key&logid=", address, StringComparison.Ordinal);

        Assert.Equal(422, (await dev.SubmitAsync(app)).Status);
        await CompleteAsync(platform, dev, app);
        Assert.EndsWith("?done=submitted", (await dev.SubmitAsync(app, ("explanation", "Shows how videos do."))).Location, StringComparison.Ordinal);
        Assert.Equal([app.Id], (await reviews.WaitingAsync()).Select(waiting => waiting.AppId));

        // Locked: what a second tab sends has no effect.
        Assert.Null((await dev.GetAsync(app, "/redirects")).Page.QuerySelector("#settings button"));
        Assert.Equal(303, (await dev.SaveRedirectsAsync(app, Moved)).Status);
        Assert.DoesNotContain(Moved, (await dev.GetAsync(app, "/redirects")).Body, StringComparison.Ordinal);

        Assert.EndsWith("?done=recalled", (await dev.SendAsync(app, "/review", "/review/recall")).Location, StringComparison.Ordinal);
        Assert.False(await reviews.ApproveAsync(null, app.Id));
        await dev.SubmitAsync(app);
        Assert.True(await reviews.NotApproveAsync(null, app.Id, "Say what <b>video.list</b> is for."));
        Assert.False(await reviews.NotApproveAsync(null, app.Id, "Twice."));
        var read = await dev.GetAsync(app, "/review");
        Assert.Equal("Say what <b>video.list</b> is for.", read.Page.QuerySelector("#comments p.letter-text")!.TextContent);
        Assert.Contains("not approved", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);

        await dev.SubmitAsync(app);
        Assert.True(await reviews.ApproveAsync(null, app.Id));
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);

        // A revision that is refused leaves what is live alone.
        await dev.SaveRedirectsAsync(app, Moved);
        await dev.SubmitAsync(app);
        Assert.True(await reviews.NotApproveAsync(null, app.Id, "No."));
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_reviewer_sees_what_would_count_and_approves_nothing_that_took_its_place(Engine engine)
    {
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder => builder.Configuration["Platform:Review"] = "manual");
        var reviews = platform.Service<Reviews>();
        using var dev = await Developer.SignUpAsync(platform, "dev");
        var app = await dev.ConnectAsync();
        await CompleteAsync(platform, dev, app);
        await dev.SubmitAsync(app, ("explanation", "Shows how videos do."));
        var seen = Assert.Single(await reviews.WaitingAsync());
        Assert.Equal(("Shows how videos do.", "Plans posts."), (seen.Explanation, seen.Details.Description));
        Assert.Contains($"+DesktopRedirect {Local}", seen.Changes.Select(change => change.ToString()));

        await dev.SendAsync(app, "/review", "/review/recall");
        await dev.SaveRedirectsAsync(app, Moved);
        await dev.SubmitAsync(app);

        Assert.False(await reviews.ApproveAsync(null, app.Id, seen: seen.DraftSavedAt));
        Assert.Contains("not approved", (await dev.AuthorizeAsync(app)).Text, StringComparison.Ordinal);
        var now = Assert.Single(await reviews.WaitingAsync());
        Assert.Equal([$"+DesktopRedirect {Moved}"], now.Changes.Where(change => change.IsWeighty && change.What is ChangedPart.DesktopRedirect).Select(change => change.ToString()));
        Assert.True(await reviews.ApproveAsync(null, app.Id, seen: now.DraftSavedAt));
        Assert.Contains("Kiln asks", (await dev.AuthorizeAsync(app, ("redirect_uri", "http://127.0.0.1:49152/moved/"))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Apps_from_before_the_portal_are_live()
    {
        await using var database = DatabaseUnderTest.Open(Engine.Sqlite);
        var platform = typeof(Holdfast.Platform.PlatformApp).Assembly;
        var people = typeof(Holdfast.People.PeopleStore).Assembly;
        await Migrations.ApplyAsync(database, TestClock.System, people);
        await database.WriteAsync(async session =>
        {
            foreach (var resource in platform.GetManifestResourceNames().Where(name => name.StartsWith("Schema/", StringComparison.Ordinal) && string.CompareOrdinal(name, "Schema/0007") < 0).Order(StringComparer.Ordinal))
            {
                using var reader = new StreamReader(platform.GetManifestResourceStream(resource)!);
                await session.RunAsync(await reader.ReadToEndAsync());
                await session.RunAsync("insert into migration (name, applied_at) values (@name, 0)", new { name = $"{platform.GetName().Name}/{resource["Schema/".Length..]}" });
            }
            await session.RunAsync("insert into person (id, user_name, display_name, password_hash, created_at) values ('p', 'p', 'p', '', 0)");
            await session.RunAsync("insert into app (id, owner_id, name, client_key, secret_digest, created_at) values ('a', 'p', 'Old', 'sbawold', @digest, 7)", new { digest = new byte[32] });
        });

        await Migrations.ApplyAsync(database, TestClock.System, people, platform);

        Assert.Equal("live 7", await database.ReadAsync(session => session.FirstAsync<string>("select review_state || ' ' || approved_at from app")));
    }

    private static async Task CompleteAsync(PlatformUnderTest platform, Developer dev, Holdfast.Platform.Developers.RegisteredApp app)
    {
        Assert.Equal(303, (await dev.SendAsync(app, "", "", ("name", "Kiln"), ("category", "Productivity"), ("description", "Plans posts."), ("terms", "https://kiln.example/terms"), ("privacy", "https://kiln.example/privacy"), ("platform", "Desktop"), ("website", "https://kiln.example/"))).Status);
        // The form sends no file here; an icon comes in by the same door as the upload's.
        await platform.Service<Holdfast.Platform.Developers.AppIcons>().GiveAsync(await dev.IdAsync(), app.Id, new Holdfast.Platform.Developers.IconUpload.Replace(Pictures.Png(128, 128), "png"), CancellationToken.None);
    }
}
