using AngleSharp.Html.Dom;
using Holdfast.Domain.Connections;
using Holdfast.Specs.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;

namespace Holdfast.Specs.Studio.Help;

/// <summary>The troubleshooter's sentences agree with what stands below them, and count nothing that did not happen.</summary>
public sealed class TroubleAnswerSpecs : ConnectingStudio
{
    [Fact]
    public async Task What_could_not_be_told_or_is_wrong_is_not_told_as_being_as_it_should_be()
    {
        await ConsentAsync(Ada);
        Accepts(keys: true);
        Assert.Contains("Everything that can be looked at from here is as it should be.", await NoneAsync("authorize"), StringComparison.Ordinal);

        Accepts(keys: false);
        Assert.Contains("not everything could be told from here", await NoneAsync("authorize"), StringComparison.Ordinal);
        Assert.Contains("not everything could be told from here", await NoneAsync("popup"), StringComparison.Ordinal);

        await BreakAsync();
        Assert.Contains("Not everything is as it should be", await NoneAsync("popup"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_window_that_works_says_nothing_about_a_try_that_failed()
    {
        var asked = await BeginAsync();
        await CallbackAsync($"?code=unknown&state={asked["state"]}");

        var said = await NoneAsync("popup", "&window=works");

        Assert.Contains("windows work in this browser now. Not everything is as it should be", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_that_fails_behind_a_site_that_answers_is_waited_for_and_no_network_is_blamed()
    {
        Accepts(keys: false);
        await BreakAsync();

        foreach (var problem in new[] { "authorize", "disconnects" })
        {
            var finding = (await FindingsAsync(problem)).QuerySelector(".finding")!;
            Assert.Equal("TikTokFailing", finding.GetAttribute("data-cause"));
            Assert.Contains("Nothing has to be done here but to wait.", finding.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("DNS", finding.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_wrong_password_under_a_change_of_settings_was_no_sign_in()
    {
        await studio.PostAsync("/settings/email", "/settings/email", fields: [("email", "new@example.test"), ("password", "wrong horse")]);

        Assert.DoesNotContain("StudioPassword", Causes(await FindingsAsync("sign-in")));

        using var outside = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = studio.Http.BaseAddress };
        var door = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await outside.GetStringAsync("/sign-in")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var wrong = await outside.PostAsync("/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("username", "maren"), KeyValuePair.Create("password", "wrong horse"), KeyValuePair.Create("__RequestVerificationToken", door)]));

        var findings = await FindingsAsync("sign-in");
        Assert.Contains("StudioPassword", Causes(findings));
        Assert.Contains("was wrong 1 time", findings.QuerySelector("[data-cause=StudioPassword] h2")!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>TikTok's page takes the link, and its API takes key and secret or says nothing to them.</summary>
    private void Accepts(bool keys) => tiktok.Fault = (path, _, _) =>
    {
        if (path is "/v2/oauth/token/" && !keys)
            return Task.FromResult<HttpResponseMessage?>(new(System.Net.HttpStatusCode.ServiceUnavailable));
        if (path is not ("/" or "/v2/auth/authorize/"))
            return Task.FromResult<HttpResponseMessage?>(null);
        var answer = new HttpResponseMessage(System.Net.HttpStatusCode.Redirect);
        answer.Headers.Location = new Uri("/login?next=x", UriKind.Relative);
        answer.Headers.Date = studio.Clock.GetUtcNow();
        return Task.FromResult<HttpResponseMessage?>(answer);
    };

    private Task BreakAsync() => studio.Database.WriteAsync(session => studio.Service<IncidentStore>().RaiseAsync(session, new Incident(Incident.TikTokUnavailable, null), null, studio.Clock.GetUtcNow()));

    private async Task<IHtmlDocument> FindingsAsync(string problem, string more = "")
    {
        await studio.PageAsync($"/help/trouble/{problem}"); // leaves the cookie that has to come back
        return await studio.PageAsync($"/help/trouble/{problem}/findings?script=1&cookies=1&site=1&channel=1{more}");
    }

    private async Task<string> NoneAsync(string problem, string more = "") => (await FindingsAsync(problem, more)).QuerySelector("[data-cause=none] p")!.TextContent;

    private static IEnumerable<string?> Causes(IHtmlDocument findings) => findings.QuerySelectorAll(".finding").Select(finding => finding.GetAttribute("data-cause"));
}
