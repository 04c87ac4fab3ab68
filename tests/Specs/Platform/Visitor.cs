using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Holdfast.Specs.Platform;

/// <summary>A browser without script: keeps cookies, reads pages, fills in forms, and stops at every redirect.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient http;

    /// <param name="connect">How it reaches the server, for visitors from elsewhere.</param>
    public Visitor(Uri address, Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect = null) =>
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies, UseCookies = true, ConnectCallback = connect }) { BaseAddress = address };

    public CookieContainer Cookies { get; } = new();

    /// <summary>Sent with every request.</summary>
    public System.Net.Http.Headers.HttpRequestHeaders Headers => http.DefaultRequestHeaders;

    public async Task<Visit> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        return await Visit.ReadAsync(await http.SendAsync(request));
    }

    /// <summary>Follows redirects on this server, as a browser would.</summary>
    public async Task<Visit> OpenAsync(string path)
    {
        var visit = await GetAsync(path);
        for (var hops = 0; hops < 10 && visit.Location is ['/', ..] location; hops++)
            visit = await GetAsync(location);
        return visit;
    }

    /// <summary>Submits the form with this action; fields given replace or add to what the page filled in.</summary>
    public Task<Visit> SubmitAsync(Visit page, string action, params (string Name, string Value)[] fields)
    {
        var form = page.Page.QuerySelector<IHtmlFormElement>($"form[action='{action}']") ?? throw new InvalidOperationException($"The page has no form for {action}: {page.Text}");
        var filled = form.Elements.OfType<IHtmlInputElement>()
            .Where(input => input.Name is { Length: > 0 } && !input.IsDisabled && (input.Type is not ("checkbox" or "radio") || input.IsChecked) && fields.All(field => field.Name != input.Name))
            .Select(input => (input.Name!, input.Value));
        return PostAsync(action, [.. filled, .. fields.Where(field => field.Value != Untick)]);
    }

    /// <summary>As a field's value: send nothing of that name.</summary>
    public const string Untick = "\0";

    public async Task<Visit> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await Visit.ReadAsync(await http.PostAsync(path, form));
    }

    public async Task<Visit> LogInAsync(string userName, string password = PlatformUnderTest.Password, string next = "/") =>
        await SubmitAsync(await GetAsync($"/login?next={Uri.EscapeDataString(next)}"), "/login", ("username", userName), ("password", password));

    public void Dispose() => http.Dispose();
}

/// <summary>What a request was answered with.</summary>
internal sealed record Visit(HttpResponseMessage Answer, string Body)
{
    private IHtmlDocument? page;

    public int Status => (int)Answer.StatusCode;

    public string? Location => Answer.Headers.Location?.OriginalString;

    public IHtmlDocument Page => page ??= new HtmlParser().ParseDocument(Body);

    public string Text => Page.Body?.TextContent ?? "";

    public Dictionary<string, string> Query => Holdfast.Specs.Contract.FormText.Read(Location!.Split('?', 2)[1]).ToDictionary(pair => pair.Item1, pair => pair.Item2);

    public static async Task<Visit> ReadAsync(HttpResponseMessage answer) => new(answer, await answer.Content.ReadAsStringAsync());
}
