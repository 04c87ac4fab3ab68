using System.Text;

namespace Holdfast.Specs.TikTok;

/// <summary>TikTok at the edge: answers what it is told and remembers what it was sent.</summary>
internal sealed class StubHandler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public StubHandler(Func<HttpResponseMessage> answer) : this((_, _) => Task.FromResult(answer())) { }

    public StubHandler(int status, string body, string contentType = "application/json")
        : this(() => new((System.Net.HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, contentType) }) { }

    public List<(HttpRequestMessage Request, string Body)> Sent { get; } = [];

    public long BytesRead { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add((request, await ReadAsync(request, cancellationToken)));
        return await answer(request, cancellationToken);
    }

    private async Task<string> ReadAsync(HttpRequestMessage request, CancellationToken aborted)
    {
        if (request.Method != HttpMethod.Put)
        {
            return request.Content is null ? "" : await request.Content.ReadAsStringAsync(aborted);
        }

        // An upload is counted, not kept.
        var buffer = new byte[65536];
        await using var stream = await request.Content!.ReadAsStreamAsync(aborted); // every PUT of ours has content
        int read;
        while ((read = await stream.ReadAsync(buffer, aborted)) > 0)
        {
            BytesRead += read;
        }

        return "";
    }
}
