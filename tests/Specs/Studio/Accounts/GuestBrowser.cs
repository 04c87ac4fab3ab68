using System.Net;
using System.Web;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>The browser of somebody without a seat: cookies of its own and no session.</summary>
internal sealed class GuestBrowser(Uri studio, FakeTikTok tiktok) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = studio };

    public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(path);

    /// <summary>Opens the link as it was sent and lands on the page behind it.</summary>
    public async Task<IHtmlDocument> OpenAsync(string link)
    {
        using var answer = await http.GetAsync(new Uri(link).PathAndQuery);
        Assert.Equal("/connect/guest", answer.Headers.Location?.OriginalString);
        return await PageAsync("/connect/guest");
    }

    public async Task<IHtmlDocument> PageAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await http.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        return new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Presses "Continue to TikTok"; the answer is what TikTok is asked.</summary>
    public async Task<Dictionary<string, string>> BeginAsync()
    {
        var token = (await PageAsync("/connect/guest")).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/connect/guest") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]) };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var answer = await http.SendAsync(request);
        var query = HttpUtility.ParseQueryString(answer.Headers.Location!.Query);
        return query.AllKeys.ToDictionary(key => key!, key => query[key]!);
    }

    /// <summary>TikTok sends this browser back; the answer is where we send it.</summary>
    public async Task<string> CallbackAsync(string query)
    {
        using var answer = await http.GetAsync($"/connect/tiktok/callback/{query}");
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>The way TikTok's yes comes back.</summary>
    public string Granted(FakeAccount account, Dictionary<string, string> asked) =>
        $"?code={HttpUtility.UrlEncode(tiktok.Consent(account, challenge: asked["code_challenge"]))}&state={asked["state"]}&iss=http%3A%2F%2Flocalhost%3A1";

    /// <summary>All of it: the page that tells how it went.</summary>
    public async Task<IHtmlDocument> ConnectAsync(FakeAccount account)
    {
        var target = await CallbackAsync(Granted(account, await BeginAsync()));
        Assert.StartsWith("/connect/guest?attempt=", target, StringComparison.Ordinal);
        return await PageAsync(target);
    }

    public void Dispose() => http.Dispose();
}
