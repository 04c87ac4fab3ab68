namespace Holdfast.Simulation.Stage;

/// <summary>A person's browser, as far as the protocol needs one: it opens addresses with a cookie and does not follow redirects by itself.</summary>
internal sealed class Browser(Func<InProcessServer> server, string cookie)
{
    /// <summary>Opens an address; the answer's redirect target, when it is one.</summary>
    public async Task<(int Status, Uri? Location, string Body)> OpenAsync(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Add("Cookie", cookie);
        request.Headers.Add("Accept", "text/html");
        request.Headers.Add("Sec-Fetch-Site", "none");
        using var answer = await server().SendAsync(request, [], CancellationToken.None);
        return ((int)answer.StatusCode, answer.Headers.Location, await answer.Content.ReadAsStringAsync());
    }
}
