using System.Net;
using System.Text.Json;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Connect;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>O6, through the real pipeline: the marks that pages leave about a window, and what the waiting page hears of them.</summary>
public sealed class WindowSpecs : ConnectingStudio
{
    private const string Ticket = "0123456789abcdef0123456789abcdef";

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact, Trait("scenario", "O6")]
    public async Task O6_an_empty_window_is_told_as_one_and_heals_when_it_comes_after_all()
    {
        Assert.Equal(("unknown", "none", false), await StatusAsync());
        await NoteAsync("blank");
        Assert.Equal(("not-opened", "blank", false), await StatusAsync());

        studio.Clock.Advance(TimeSpan.FromSeconds(10));
        await BeginAsync($"{Start}?ticket={Ticket}");
        Assert.Equal(("waiting", "none", false), await StatusAsync());
        await NoteAsync("sent");
        await NoteAsync("blank");
        Assert.Equal(("waiting", "none", true), await StatusAsync());
        Assert.Equal(["waiting", "not-opened"], (await studio.Service<WindowMarks>().RecentAsync(studio.Workspace.Id, studio.MemberId, 5)).Select(attempt => attempt.Status));
    }

    [Fact, Trait("scenario", "O6")]
    public async Task O6_a_tiktok_that_does_not_come_up_and_a_long_silence_are_told_apart()
    {
        await BeginAsync($"{Start}?ticket={Ticket}");
        await NoteAsync("sent");
        studio.Clock.Advance(WindowRule.QuietAfter);
        Assert.Equal("quiet", (await StatusAsync()).Trouble);

        await NoteAsync("unreachable");

        Assert.Equal("extension", (await StatusAsync()).Trouble);
        var attempt = (await studio.Service<WindowMarks>().RecentAsync(studio.Workspace.Id, studio.MemberId, 1)).Single();
        Assert.Equal((AttemptVia.Window, studio.Clock.GetUtcNow()), (attempt.Via, attempt.UnreachableAt));
        Assert.Equal(WindowRule.QuietAfter, attempt.UnreachableAt - attempt.SentAt);
    }

    [Fact, Trait("scenario", "O6")]
    public async Task O6_the_window_begins_at_a_page_of_ours_whose_link_leads_on_without_script()
    {
        var page = await studio.PageAsync($"{Start}?ticket={Ticket}");

        Assert.StartsWith("http://localhost:1/v2/auth/authorize/?", page.QuerySelector("a[data-connect-on]")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(Ticket, page.QuerySelector("[data-connect-start]")!.GetAttribute("data-connect-start"));
        Assert.True(page.QuerySelector("#start-stuck")!.HasAttribute("hidden"));
    }

    [Fact, Trait("scenario", "O6")]
    public async Task O6_nobody_else_marks_a_members_window_and_no_word_but_ours_is_a_mark()
    {
        await BeginAsync($"{Start}?ticket={Ticket}");
        using var other = await OtherSessionAsync();
        other.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        using var page = await other.GetAsync("/accounts");
        var token = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await page.Content.ReadAsStringAsync()).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        using var unsigned = await other.PostAsync("/connect/windows", new FormUrlEncodedContent([new("ticket", Ticket), new("mark", "stuck"), new("__RequestVerificationToken", token)]));
        Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode); // the token's other half is a cookie this browser lacks
        foreach (var word in new[] { "", "7", "sent,stuck", "Status" })
            Assert.Equal(HttpStatusCode.BadRequest, await NoteAsync(word, HttpStatusCode.BadRequest));

        Assert.Equal(("waiting", "none", false), await StatusAsync());
    }

    [Fact, Trait("scenario", "O6")]
    public async Task O6_the_waiting_page_may_ask_tiktoks_address_and_no_other_page_may()
    {
        Assert.Contains("connect-src 'self' http://localhost:1;", await PolicyAsync("/accounts"), StringComparison.Ordinal);
        Assert.Contains("connect-src 'self';", await PolicyAsync("/posts"), StringComparison.Ordinal);
        Assert.Equal("http://localhost:1/health/live", (await studio.PageAsync("/accounts")).QuerySelector("[data-connect-probe]")!.GetAttribute("data-connect-probe"));
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "O6")]
    public async Task O6_the_first_mark_of_a_kind_counts_on_both_engines(Engine engine)
    {
        await using var both = await StudioUnderTest.CreateAsync(engine);
        var marks = both.Get<WindowMarks>();
        await marks.NoteAsync(WindowMark.Blank, Ticket, both.Workspace, both.Owner, "session", CancellationToken.None);
        await marks.NoteAsync(WindowMark.Blocked, Ticket, both.Workspace, both.Owner, "session", CancellationToken.None);
        await both.Get<AttemptStore>().BeginAsync(new ConnectAttempt { Id = "a", WorkspaceId = both.Workspace, PersonId = both.Owner, Ticket = Ticket, Via = AttemptVia.Window }, "session", "state", CancellationToken.None);
        await marks.NoteAsync(WindowMark.Sent, Ticket, both.Workspace, both.Owner, "session", CancellationToken.None);
        var first = both.Clock.GetUtcNow();
        both.Clock.Advance(TimeSpan.FromSeconds(5));
        await marks.NoteAsync(WindowMark.Sent, Ticket, both.Workspace, both.Owner, "session", CancellationToken.None);
        await marks.NoteAsync(WindowMark.Stuck, Ticket, both.Workspace, both.Owner, "another session", CancellationToken.None);

        var recent = await marks.RecentAsync(both.Workspace, both.Owner, 5);

        Assert.Equal([(AttemptStatus.Waiting, null), (AttemptStatus.NotOpened, "blank")], recent.Select(attempt => (attempt.Status, attempt.Error)).OrderByDescending(attempt => attempt.Status));
        var waiting = recent.Single(attempt => attempt.Status == AttemptStatus.Waiting);
        Assert.Equal((first, null), (waiting.SentAt, waiting.StuckAt));
    }

    private async Task<(string Status, string Trouble, bool IsSent)> StatusAsync()
    {
        using var said = JsonDocument.Parse(await studio.Http.GetStringAsync($"/connect/tickets/{Ticket}"));
        Assert.Equal(JsonValueKind.Null, said.RootElement.GetProperty("href").ValueKind);
        return (said.RootElement.GetProperty("status").GetString()!, said.RootElement.GetProperty("trouble").GetString()!, said.RootElement.GetProperty("isSent").GetBoolean());
    }

    private async Task<HttpStatusCode> NoteAsync(string mark, HttpStatusCode expected = HttpStatusCode.NoContent)
    {
        using var answer = await studio.PostAsync("/accounts", "/connect/windows", fields: [("ticket", Ticket), ("mark", mark)]);
        Assert.Equal(expected, answer.StatusCode);
        return answer.StatusCode;
    }

    private async Task<string> PolicyAsync(string path)
    {
        using var answer = await studio.Http.GetAsync(path);
        return answer.Headers.GetValues("Content-Security-Policy").Single();
    }
}
