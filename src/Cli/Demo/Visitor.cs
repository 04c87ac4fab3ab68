using System.Net;
using Holdfast.TikTok;

namespace Holdfast.Cli.Demo;

/// <summary>A person at a browser without a screen: keeps cookies, follows links and redirects, fills in forms.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient http = TikTokHttp.CreateClient(new SocketsHttpHandler { AllowAutoRedirect = true, UseCookies = true, CookieContainer = new CookieContainer() });

    // Who does not ask for pages is no person, and is told 401 instead of being shown where to sign in.
    public Visitor() => http.DefaultRequestHeaders.Accept.ParseAdd("text/html");

    /// <summary>Opens an address.</summary>
    /// <exception cref="DemoException">What came back is no page.</exception>
    public async Task<SeenPage> OpenAsync(string address, CancellationToken stopping)
    {
        using var answer = await http.GetAsync(new Uri(address), stopping);
        return await SeenAsync(answer, stopping);
    }

    /// <summary>Sends a form of the page that was seen.</summary>
    /// <exception cref="DemoException">The form is refused.</exception>
    public async Task<SeenPage> SendAsync(SeenPage page, PageForm form, IEnumerable<KeyValuePair<string, string>> fields, CancellationToken stopping, bool multipart = false)
    {
        using var content = multipart ? Multipart(fields) : (HttpContent)new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri(page.Address, form.Action), content, stopping);
        return await SeenAsync(answer, stopping);
    }

    public void Dispose() => http.Dispose();

    private static MultipartFormDataContent Multipart(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            content.Add(new StringContent(value), name);
        return content;
    }

    private static async Task<SeenPage> SeenAsync(HttpResponseMessage answer, CancellationToken stopping)
    {
        var address = answer.RequestMessage!.RequestUri!; // set by the client that sent it
        if (!answer.IsSuccessStatusCode)
            throw new DemoException($"{address.GetLeftPart(UriPartial.Path)} answered {(int)answer.StatusCode}");
        return new SeenPage(address, await answer.Content.ReadAsStringAsync(stopping));
    }
}

/// <summary>A page as it arrived, where the last redirect led.</summary>
internal sealed record SeenPage(Uri Address, string Html)
{
    /// <exception cref="DemoException">It has no such form.</exception>
    public PageForm Form(Func<PageForm, bool> wanted) =>
        PageForm.On(Html).FirstOrDefault(wanted) ?? throw new DemoException($"{Address.GetLeftPart(UriPartial.Path)} does not show the form that was looked for");

    public PageForm Form(string action) => Form(form => form.Action == action);
}

/// <summary>A step of the demo did not work; the rest of Holdfast does.</summary>
internal sealed class DemoException(string message) : Exception(message);
