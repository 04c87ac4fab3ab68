using System.Net.Http.Headers;
using System.Text.Json;

namespace Holdfast.People.External;

/// <summary>Calls to providers: bounded in time and size, no redirects, no cookies, JSON or nothing.</summary>
internal sealed class ProviderHttp(TimeProvider clock) : IDisposable
{
    private const int LargestAnswer = 256 * 1024;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    // No factory: it logs addresses, and one client for a handful of hosts needs none.
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = LargestAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <exception cref="ProviderException">No answer that can be read, or not a success.</exception>
    public async Task<JsonElement> GetAsync(string address, string? bearer, CancellationToken aborted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (bearer is not null)
            request.Headers.Authorization = new("Bearer", bearer);
        return await SendAsync(request, aborted);
    }

    /// <inheritdoc cref="GetAsync"/>
    public async Task<JsonElement> PostAsync(string address, IEnumerable<KeyValuePair<string, string>> form, AuthenticationHeaderValue? authorization, CancellationToken aborted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = authorization;
        return await SendAsync(request, aborted);
    }

    public void Dispose() => http.Dispose();

    private async Task<JsonElement> SendAsync(HttpRequestMessage request, CancellationToken aborted)
    {
        request.Headers.Accept.ParseAdd("application/json");
        using var late = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        try
        {
            using var answer = await http.SendAsync(request, either.Token);
            if (!answer.IsSuccessStatusCode)
                throw new ProviderException((int)answer.StatusCode is >= 400 and < 500 ? ExternalProblem.Refused : ExternalProblem.Unreachable, $"{request.RequestUri!.Host} answered {(int)answer.StatusCode}"); // made with an address
            using var json = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(either.Token));
            return json.RootElement.Clone();
        }
        catch (OperationCanceledException slow) when (late.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new ProviderException(ExternalProblem.Unreachable, $"{request.RequestUri!.Host} did not answer in time", slow);
        }
        catch (HttpRequestException unreachable)
        {
            throw new ProviderException(ExternalProblem.Unreachable, $"{request.RequestUri!.Host}: {unreachable.HttpRequestError}", unreachable);
        }
        catch (JsonException unreadable)
        {
            throw new ProviderException(ExternalProblem.Unreachable, $"{request.RequestUri!.Host} answers no JSON", unreadable);
        }
    }
}
