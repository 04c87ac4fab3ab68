using System.Net;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Links;
using Holdfast.Studio.Accounts.Timeline;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>O9: a link for a person without a seat, through the real pipeline.</summary>
public sealed class ClientLinkSpecs : ConnectingStudio
{
    [Fact, Trait("scenario", "O9"), Trait("scenario", "O5")]
    public async Task O9_somebody_without_a_seat_connects_and_the_team_sees_who_when_and_by_which_link()
    {
        var link = await MakeAsync(note: "Ines’s agency");
        using var guest = Guest();
        var invitation = await guest.OpenAsync(link);
        Assert.Contains("Maren Holt", invitation.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Kiln & Tide", invitation.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Publish videos", invitation.QuerySelector(".permissions")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Ines", invitation.Body.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(TokenOf(link), invitation.DocumentElement.OuterHtml, StringComparison.Ordinal);

        var query = guest.Granted(Ada, await guest.BeginAsync());
        var (first, second) = (await guest.CallbackAsync(query), await guest.CallbackAsync(query));

        Assert.Equal(first, second);
        Assert.Contains("Ada is connected", (await guest.PageAsync(first)).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, tiktok.Count("/v2/oauth/token/", "authorization_code"));
        var row = Assert.Single(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
        var listed = (await studio.PageAsync("/accounts")).QuerySelector("#links tbody tr")!.TextContent;
        Assert.Contains("Ines’s agency", listed, StringComparison.Ordinal);
        Assert.Contains("Ada", listed, StringComparison.Ordinal);
        Assert.Contains("1 time", listed, StringComparison.Ordinal);
        Assert.Contains(await studio.Service<TimelineStore>().ListAsync(studio.Workspace.Id, row.Id, 9), line => line is { Kind: "SignedInByLink", Cause: "Ines’s agency" });
        Assert.Equal(["""LinkUsed ["Maren Holt"]"""], await NoticesAsync());
    }

    [Fact, Trait("scenario", "O9")]
    public async Task O9_word_of_a_sign_in_is_kept_with_its_tokens_and_says_the_name_once_that_is_known()
    {
        var link = await MakeAsync();
        using var guest = Guest();
        await guest.OpenAsync(link);
        IReadOnlyList<string> kept = [];
        tiktok.Fault = async (path, _, _) =>
        {
            // Should the power go here, nobody would come back to tell.
            if (path == "/v2/user/info/")
                kept = await NoticesAsync();
            return null;
        };

        await guest.ConnectAsync(Ada);

        Assert.Equal(["""LinkUsed ["Maren Holt"]"""], kept);
        var told = (await studio.PageAsync("/notices")).Body!.TextContent;
        Assert.Contains("Ada was connected through a client link", told, StringComparison.Ordinal);
        Assert.Contains("Ada used the link that Maren Holt had made", told, StringComparison.Ordinal);
    }

    [Fact, Trait("scenario", "O9")]
    public async Task O9_the_slot_takes_its_first_account_again_and_no_other_and_does_not_tell_whose_it_is()
    {
        var link = await MakeAsync();
        using var first = Guest();
        await first.OpenAsync(link);
        await first.ConnectAsync(Ada);

        using var second = Guest();
        Assert.DoesNotContain("Ada", (await second.OpenAsync(link)).Body!.TextContent, StringComparison.Ordinal);
        var refused = await second.ConnectAsync(Bruno);
        Assert.Equal("other-account", refused.QuerySelector("#guest-result")!.GetAttribute("data-connect-status"));
        Assert.Contains("Bruno", refused.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", refused.Body.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, tiktok.Count("/v2/oauth/revoke/"));

        Assert.NotNull((await second.ConnectAsync(Ada)).QuerySelector("#guest-done"));
        var row = Assert.Single(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
        Assert.Equal("open-ada", row.OpenId);
        Assert.Equal(2, (await NoticesAsync()).Count);
    }

    [Fact, Trait("scenario", "O9"), Trait("scenario", "O1")]
    public async Task O9_a_link_to_sign_in_again_names_its_account_revives_it_and_refuses_another_with_both_names()
    {
        var id = IdOf(await ConsentAsync(Ada));
        tiktok.Remove(Ada);
        using var looked = await studio.PostAsync($"/accounts/{id}", $"/accounts/{id}/look");
        Assert.Equal("needs-sign-in", (await RowAsync(id)).State);
        using var guest = Guest();
        Assert.Contains("Ada", (await guest.OpenAsync(await MakeAsync(id))).Body!.TextContent, StringComparison.Ordinal);

        var refused = (await guest.ConnectAsync(Bruno)).QuerySelector("#guest-result")!.TextContent;
        Assert.Contains("Ada", refused, StringComparison.Ordinal);
        Assert.Contains("Bruno", refused, StringComparison.Ordinal);
        Assert.Equal("needs-sign-in", (await RowAsync(id)).State);

        await guest.ConnectAsync(Ada);
        Assert.Equal("live", (await RowAsync(id)).State);
        Assert.Equal(["ended NeedsSignIn", "live again"], heard.Heard);
    }

    [Fact, Trait("scenario", "O9")]
    public async Task O9_a_link_ends_with_its_days_by_hand_and_with_the_membership_of_who_made_it()
    {
        var (short_, taken, orphaned) = (await MakeAsync(days: 1), await MakeAsync(), await MakeAsync());
        using var guest = Guest();
        await guest.OpenAsync(short_);
        studio.Clock.Advance(TimeSpan.FromDays(1));
        await GoneAsync(guest, short_);

        using var late = Guest();
        await late.OpenAsync(taken);
        var query = late.Granted(Ada, await late.BeginAsync());
        foreach (var form in (await studio.PageAsync("/accounts")).QuerySelectorAll("#links form").Select(form => form.GetAttribute("action")!).Take(2))
            (await studio.PostAsync("/accounts", form)).Dispose();
        await GoneAsync(late, taken);
        // Already at TikTok when it was taken back: nothing is saved, and the fresh access is given back.
        Assert.Contains("withdrawn", (await late.PageAsync(await late.CallbackAsync(query))).Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(await studio.Service<ConnectionStore>().ListAsync(studio.Workspace.Id));
        Assert.Equal(1, tiktok.Count("/v2/oauth/revoke/"));

        var last = await MakeAsync();
        await late.OpenAsync(last);
        await studio.Database.WriteAsync(session => session.RunAsync("delete from member where person_id = @MemberId", new { studio.MemberId }));
        await GoneAsync(late, last);
        await GoneAsync(late, orphaned);
    }

    [Fact, Trait("scenario", "O9"), Trait("scenario", "O4")]
    public async Task O9_99_a_guests_sign_in_is_finished_in_the_guests_browser_and_nowhere_else()
    {
        var link = await MakeAsync();
        using var attacker = Guest();
        await attacker.OpenAsync(link);
        var query = attacker.Granted(Ada, await attacker.BeginAsync());

        using var victim = Guest();
        await victim.OpenAsync(link);
        Assert.Equal("/connect/refused?why=not-ours", await victim.CallbackAsync(query));
        Assert.Equal("/connect/refused?why=not-ours", await CallbackAsync(query.Split("&iss")[0]));
        Assert.Equal(0, tiktok.Count("/v2/oauth/token/"));

        foreach (var path in new[] { "/accounts", "/", "/connect/tiktok/" })
        {
            using var answer = await attacker.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Fact, Trait("scenario", "O9")]
    public async Task O9_the_token_is_shown_once_stored_nowhere_and_kept_out_of_indexes_and_referrers()
    {
        var link = await MakeAsync();
        Assert.Matches("^[A-Za-z0-9_-]{43}$", TokenOf(link));
        Assert.DoesNotContain(TokenOf(link), (await studio.PageAsync("/accounts")).DocumentElement.OuterHtml, StringComparison.Ordinal);
        using var guest = Guest();
        using var opened = await guest.GetAsync(new Uri(link).PathAndQuery);
        Assert.Equal("no-referrer", opened.Headers.GetValues("Referrer-Policy").Single());
        Assert.StartsWith("noindex", opened.Headers.GetValues("X-Robots-Tag").Single(), StringComparison.Ordinal);
        Assert.Contains("hf_studio_client=", opened.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Contains("httponly", opened.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
        using var page = await guest.GetAsync("/connect/guest");
        Assert.DoesNotContain("form-action", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal); // it ends at TikTok

        Assert.Equal(0, await studio.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from client_link where token_digest = @token", new { token = TokenOf(link) })));
        Assert.All(Directory.EnumerateFiles(studio.Folder, "*.db*", SearchOption.AllDirectories), file => Assert.DoesNotContain(TokenOf(link), CallbackGuardSpecs.Read(file), StringComparison.Ordinal));
    }

    [Fact, Trait("scenario", "O9")]
    public async Task O9_strangers_may_try_so_often_a_minute_and_the_page_says_so()
    {
        var link = await MakeAsync();
        using var guest = Guest();
        for (var tries = 0; tries < LinkTries.PerMinute; tries++)
            (await guest.GetAsync("/connect/link?t=" + new string('x', 43))).Dispose();

        using var refused = await guest.GetAsync(new Uri(link).PathAndQuery);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        studio.Clock.Advance(TimeSpan.FromMinutes(1));
        await guest.OpenAsync(link);
    }

    [Fact, Trait("scenario", "O9")]
    public async Task O9_another_workspace_neither_makes_a_link_to_our_account_nor_takes_ours_back()
    {
        var id = IdOf(await ConsentAsync(Ada));
        var link = await MakeAsync(id);
        using var stranger = await StrangerAsync();
        using var asked = await stranger.GetAsync($"/accounts/links/new?connection={id}");
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);

        var found = (await studio.Service<LinkStore>().FindByTokenAsync(TokenOf(link), CancellationToken.None))!;
        Assert.False(await studio.Service<LinkStore>().RevokeAsync("elsewhere", found.Id, CancellationToken.None));
        using var guest = Guest();
        await guest.OpenAsync(link);
    }

    [Fact, Trait("scenario", "O9")]
    public async Task O9_the_page_with_the_link_loaded_again_makes_no_second_one_and_says_so()
    {
        var form = await studio.PageAsync("/accounts/links/new");
        (string, string)[] sent = [("id", form.QuerySelector("input[name=id]")!.GetAttribute("value")!), ("connection", ""), ("note", "Ines"), ("days", "7")];

        using var first = await studio.PostAsync("/accounts", "/accounts/links", fields: sent);
        using var again = await studio.PostAsync("/accounts", "/accounts/links", fields: sent);

        Assert.Contains("svg class=\"qr\"", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await again.Content.ReadAsStringAsync());
        Assert.Contains("was made already", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
        Assert.NotEqual(sent[0].Item2, page.QuerySelector("input[name=id]")!.GetAttribute("value"));
        Assert.Single((await studio.PageAsync("/accounts")).QuerySelectorAll("#links tbody tr"));
        // At no address: nothing listens for changes of it.
        Assert.False(page.Body!.HasAttribute("data-live-url"));
        Assert.True(form.Body!.HasAttribute("data-live-url"));
    }

    private GuestBrowser Guest() => new(studio.Http.BaseAddress!, tiktok);

    private async Task<string> MakeAsync(string? connection = null, string note = "", int days = 7)
    {
        using var answer = await studio.PostAsync("/accounts", "/accounts/links", fields: [("connection", connection ?? ""), ("note", note), ("days", $"{days}")]);
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
        Assert.NotNull(page.QuerySelector("svg.qr"));
        return page.QuerySelector("#link")!.TextContent;
    }

    private static string TokenOf(string link) => link[(link.IndexOf("t=", StringComparison.Ordinal) + 2)..];

    private static async Task GoneAsync(GuestBrowser guest, string link)
    {
        await guest.PageAsync("/connect/guest", HttpStatusCode.NotFound);
        await guest.PageAsync(new Uri(link).PathAndQuery, HttpStatusCode.NotFound);
    }

    private Task<IReadOnlyList<string>> NoticesAsync() => studio.Database.ReadAsync(session => session.ListAsync<string>("select kind || ' ' || facts from notice where kind = 'LinkUsed'"));
}
