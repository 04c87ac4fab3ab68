using AngleSharp.Html.Parser;
using Holdfast.Specs.Studio.Accounts;

namespace Holdfast.Specs.Studio.Help;

/// <summary><c>/sign-in/trouble</c>: for those who cannot get in.</summary>
public sealed class TroubleOutsideSpecs : ConnectingStudio
{
    [Fact]
    public async Task Somebody_outside_learns_about_their_own_browser_and_makes_us_call_nobody()
    {
        using var outside = Outside();
        var calls = tiktok.Calls.Count;
        await outside.GetStringAsync("/sign-in/trouble");

        var blocked = await outside.GetStringAsync("/sign-in/trouble/findings?script=1&cookies=0");
        var late = await outside.GetStringAsync($"/sign-in/trouble/findings?script=1&cookies=1&now={(studio.Clock.GetUtcNow() + TimeSpan.FromHours(1)).ToUnixTimeMilliseconds()}");

        Assert.Contains("data-cause=\"CookiesBlocked\"", blocked, StringComparison.Ordinal);
        Assert.Contains("data-cause=\"BrowserClock\"", late, StringComparison.Ordinal);
        Assert.Equal(calls, tiktok.Calls.Count);
    }

    [Fact]
    public async Task Outside_too_the_answer_leaves_the_cookie_that_the_next_question_looks_for()
    {
        using var outside = Outside();

        Assert.Contains("data-cause=\"CookiesBlocked\"", await outside.GetStringAsync("/sign-in/trouble/findings?script=1&cookies=1"), StringComparison.Ordinal);
        Assert.DoesNotContain("CookiesBlocked", await outside.GetStringAsync("/sign-in/trouble/findings?script=1&cookies=1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_who_guessed_too_often_is_told_to_wait_and_one_with_an_old_session_to_sign_in()
    {
        using var outside = Outside();
        var token = new HtmlParser().ParseDocument(await outside.GetStringAsync("/sign-in")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        for (var i = 0; i < 22; i++)
        {
            using var wrong = await outside.PostAsync("/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("username", $"nobody{i}"), KeyValuePair.Create("password", "no"), KeyValuePair.Create("__RequestVerificationToken", token)]));
        }
        Assert.Contains("data-cause=\"Throttled\"", await outside.GetStringAsync("/sign-in/trouble/findings?script=1"), StringComparison.Ordinal);

        studio.Clock.Advance(TimeSpan.FromMinutes(20));
        using var stale = new HttpRequestMessage(HttpMethod.Get, "/sign-in/trouble/findings?script=off");
        stale.Headers.Add("Cookie", $"{Holdfast.Studio.StudioApp.Identity.Cookie(Holdfast.Shell.Hosting.AppCookie.Session, https: false)}=ended-long-ago");
        using var answer = await outside.SendAsync(stale);

        Assert.Contains("data-cause=\"StaleSession\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>A browser that is not signed in, and keeps the cookies it gets.</summary>
    private HttpClient Outside() => new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = studio.Http.BaseAddress };
}
