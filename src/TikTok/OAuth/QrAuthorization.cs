namespace Holdfast.TikTok.OAuth;

/// <summary>Signing in on a device by scanning its screen with a phone (tiktok-v2 §1.9).</summary>
/// <remarks>Make a code, draw its link, ask every few seconds, exchange the authorization code once it is there.</remarks>
public sealed class QrAuthorization
{
    private readonly TikTokEndpoints endpoints;
    private readonly Wire wire;
    private readonly TimeSpan deadline;

    internal QrAuthorization(TikTokEndpoints endpoints, Wire wire, TimeSpan deadline) => (this.endpoints, this.wire, this.deadline) = (endpoints, wire, deadline);

    /// <summary>Asks for a link to draw and a token to ask with.</summary>
    /// <param name="clientKey">The app; no secret is sent.</param>
    /// <param name="scopes">What is asked for; the person may grant less.</param>
    /// <param name="state">Comes back with the code; null for none.</param>
    /// <param name="clientTicket">Unguessable and used once: it ties the answers to this code (<see cref="QrCode.IsTicket"/>).</param>
    /// <param name="aborted">Ends the wait.</param>
    /// <exception cref="ArgumentException">The ticket is not URL-safe, empty, or too long.</exception>
    public async Task<QrCodeOutcome> GetQrCodeAsync(string clientKey, IEnumerable<string> scopes, string? state, string clientTicket, CancellationToken aborted)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientKey);
        ArgumentNullException.ThrowIfNull(scopes);
        if (!QrCode.IsTicket(clientTicket))
        {
            throw new ArgumentException("A ticket is 1 to 511 letters, digits, '-', '.', '_' or '~'.", nameof(clientTicket));
        }

        List<KeyValuePair<string, string>> form = [new("client_key", clientKey), new("scope", string.Join(',', scopes))];
        if (state is not null)
        {
            form.Add(new("state", state));
        }

        return QrRules.ForCode(await PostAsync("/v2/oauth/get_qrcode/", form, aborted), clientTicket);
    }

    /// <summary>Asks what became of a code. Not more often than every two or three seconds.</summary>
    /// <param name="client">The app that made it.</param>
    /// <param name="code">From <see cref="GetQrCodeAsync"/>.</param>
    /// <param name="aborted">Ends the wait; an authorization code on its way is then lost.</param>
    public async Task<QrStatusOutcome> CheckQrCodeAsync(ClientCredentials client, QrCode code, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(code);
        return QrRules.ForStatus(
            await PostAsync("/v2/oauth/check_qrcode/", [new("client_key", client.ClientKey), new("client_secret", client.ClientSecret.Reveal()), new("token", code.Token.Reveal())], aborted),
            code.ClientTicket);
    }

    private async Task<WireAnswer> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken aborted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoints.Api, path));
        request.Headers.CacheControl = new() { NoCache = true };
        request.Content = new FormUrlEncodedContent(form);
        return await wire.SendAsync(request, path, deadline, Wire.TokenLimit, aborted);
    }
}
