using System.Net;
using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Language;
using Holdfast.Studio;
using Holdfast.Studio.Notices;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>The bell and the page behind it.</summary>
public sealed class NoticePageSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_bell_counts_what_is_new_to_this_member_and_the_page_leads_to_what_it_is_about()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var account = await studio.ConnectionAsync("bruno", "needs-sign-in", nameof(NeedsSignInReason.AccessRemoved));
        Assert.Equal("Notices", (await studio.PageAsync("/")).QuerySelector("#bell")!.GetAttribute("aria-label"));
        await AddAsync(studio, new(studio.Workspace.Id, Occasion.NeedsSignIn, "1") { Cause = nameof(NeedsSignInReason.AccessRemoved), ConnectionId = account, LogId = "LOG-7" });
        await AddAsync(studio, new(studio.Workspace.Id, Occasion.IncidentOver, "2"));

        Assert.Equal("2 new notices", (await studio.PageAsync("/")).QuerySelector("#bell")!.GetAttribute("aria-label"));
        var page = await studio.PageAsync("/notices");
        Assert.NotNull(page.QuerySelector($"#notices a[data-connect][href='/connect/tiktok/?connection={account}']"));
        Assert.NotNull(page.QuerySelector($"#notices h2 a[href='/accounts/{account}']"));
        Assert.Contains("LOG-7", page.QuerySelector("#notices")!.TextContent, StringComparison.Ordinal);

        var read = page.QuerySelector("#notices form[action$='/read']:not([action='/notices/read'])")!.GetAttribute("action")!;
        Assert.Equal(HttpStatusCode.Redirect, (await studio.PostAsync("/notices", read)).StatusCode);
        Assert.Equal("1 new notice", (await studio.PageAsync("/")).QuerySelector("#bell")!.GetAttribute("aria-label"));
        await studio.PostAsync("/notices", "/notices/read");
        Assert.Empty((await studio.PageAsync("/notices")).QuerySelectorAll("#notices li"));
        Assert.Equal(2, (await studio.PageAsync("/notices?show=all")).QuerySelectorAll("#notices li").Length);
    }

    [Fact]
    public async Task Another_workspaces_notices_are_neither_seen_nor_marked()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var other = await studio.OtherWorkspaceAsync();
        await AddAsync(studio, new(other, Occasion.PostFailed, "1") { Cause = "spam_risk" });
        var theirs = Assert.Single(await studio.Service<NoticeStore>().ListAsync(other, studio.MemberId, onlyNew: true));

        Assert.Empty((await studio.PageAsync("/notices?show=all")).QuerySelectorAll("#notices li"));
        await studio.PostAsync("/notices", $"/notices/{theirs.Id}/read");
        await studio.PostAsync("/notices", "/notices/read");

        Assert.Single(await studio.Service<NoticeStore>().ListAsync(other, studio.MemberId, onlyNew: true));
    }

    [Fact]
    public async Task A_post_at_risk_says_so_on_its_page_on_Home_and_in_the_calendar()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var post = await studio.PostAsync(Now.AddHours(20), connectionId: await studio.ConnectionAsync("bruno"));
        await studio.Database.WriteAsync(session => session.RunAsync("update post set precheck_problem = 'PrivacyNotOffered' where id = @post", new { post }));

        Assert.Contains("does not offer the audience", (await studio.PageAsync($"/posts/{post}")).QuerySelector("#ahead")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("does not offer the audience", (await studio.PageAsync("/")).QuerySelector($"#needs-{post}")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Would not go out", (await studio.PageAsync("/calendar")).QuerySelector($"#chip-{post}")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("tone-warning", (await studio.PageAsync("/calendar")).QuerySelector($"#chip-{post}")!.ClassName, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_notice_has_its_sentences_whatever_its_cause()
    {
        var table = new TextTable(typeof(AppIdentity).Assembly, typeof(Holdfast.People.PeopleStore).Assembly, typeof(StudioApp).Assembly);
        var t = new Texts(table, new HttpContextAccessor());
        var all = Enum.GetValues<NeedsSignInReason>().Select(cause => New(Occasion.NeedsSignIn, $"{cause}"))
            .Concat(Enum.GetValues<Restriction>().Select(cause => New(Occasion.Restricted, $"{cause}")))
            .Concat(Enum.GetValues<HoldReason>().Select(cause => New(Occasion.PostHeld, $"{cause}")))
            .Concat(Enum.GetValues<HoldReason>().Select(cause => New(Occasion.PostCheck, $"{cause}")))
            .Concat(new[] { LookAhead.SignInEnds, "duration_check_failed", "something_new" }.Select(cause => New(Occasion.PostCheck, cause)))
            .Concat(new[] { "spam_risk", "something_new" }.Select(cause => New(Occasion.PostFailed, cause)))
            .Concat(new[] { "invalid_client", "something_new" }.Select(cause => New(Occasion.IncidentBegan, cause)))
            .Concat([New(Occasion.EndingSoon, null), New(Occasion.PostUnconfirmed, null), New(Occasion.IncidentOver, null), New(Occasion.LinkUsed, null), New(Occasion.PostHeld, "Late") with { PostId = null }])
            .ToList();

        foreach (var notice in all)
        {
            var letter = NoticeWords.AsLetter(t, "maren@example.test", notice, path => "https://studio.example.test" + path, isSecond: true);
            Assert.DoesNotMatch(@"\b(notices|accounts|posts)\.[a-zA-Z]", $"{letter.Subject} {letter.Body}");
        }
        foreach (var kind in Enum.GetValues<Occasion>())
            Assert.True(table.Has($"settings.kind.{kind}"), $"{kind}");
    }

    private static NoticeRow New(Occasion kind, string? cause) => new() { Id = "1", Kind = kind, Cause = cause, ConnectionId = "c", PostId = "p", Zone = "Europe/Berlin", Facts = """["7","Maren"]""", MadeAt = Now, UsefulUntil = Now, WorkspaceName = "Kiln & Tide" };

    private static Task AddAsync(SignedInStudio studio, NewNotice notice) => studio.Database.WriteAsync(session => studio.Service<NoticeQueue>().AddAsync(session, notice));
}
