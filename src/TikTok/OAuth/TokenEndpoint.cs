namespace Holdfast.TikTok.OAuth;

/// <summary>TikTok's token endpoint (tiktok-v2 §2). Answers are outcomes; only the caller's own cancellation throws.</summary>
/// <remarks>Once a refresh token is on its way, see the call through: only the answer holds its successor. Pass <see cref="CancellationToken.None"/>; the deadline bounds the wait.</remarks>
public sealed class TokenEndpoint
{
    private readonly TikTokEndpoints endpoints;
    private readonly Wire wire;
    private readonly TimeSpan deadline;

    internal TokenEndpoint(TikTokEndpoints endpoints, Wire wire, TimeSpan deadline) => (this.endpoints, this.wire, this.deadline) = (endpoints, wire, deadline);

    /// <summary>Exchanges an authorization code (§2.2). A code works once, for some minutes.</summary>
    /// <param name="client">The app that asked.</param>
    /// <param name="code">From the callback, decoded once.</param>
    /// <param name="redirectUri">Exactly the one of the authorization request.</param>
    /// <param name="verifier">The PKCE verifier when the request had a challenge, else null.</param>
    /// <param name="aborted">Ends the wait; the code may be used up all the same.</param>
    public async Task<TokenOutcome> ExchangeAsync(
        ClientCredentials client, AuthorizationCode code, string redirectUri, CodeVerifier? verifier, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(code);
        List<KeyValuePair<string, string>> form =
        [
            new("code", code.Reveal()),
            new("grant_type", "authorization_code"),
            new("redirect_uri", redirectUri),
        ];
        if (verifier is not null)
        {
            form.Add(new("code_verifier", verifier.Reveal()));
        }

        return TokenRules.ForUser(await PostAsync("/v2/oauth/token/", client, form, aborted), isRefresh: false);
    }

    /// <summary>Renews a token pair (§2.3). The refresh token sent is dead once the answer is out, so save the new pair first of all.</summary>
    /// <param name="client">The app the token was issued to.</param>
    /// <param name="token">The newest refresh token.</param>
    /// <param name="aborted">Ends the wait; the token may have rotated all the same.</param>
    public async Task<TokenOutcome> RefreshAsync(ClientCredentials client, RefreshToken token, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(token);
        return TokenRules.ForUser(
            await PostAsync("/v2/oauth/token/", client, [new("grant_type", "refresh_token"), new("refresh_token", token.Reveal())], aborted),
            isRefresh: true);
    }

    /// <summary>Disconnects the app from the account the token belongs to (§2.7).</summary>
    /// <param name="client">The app.</param>
    /// <param name="token">A user access token.</param>
    /// <param name="aborted">Ends the wait.</param>
    public async Task<RevokeOutcome> RevokeAsync(ClientCredentials client, AccessToken token, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(token);
        return TokenRules.ForRevoke(await PostAsync("/v2/oauth/revoke/", client, [new("token", token.Reveal())], aborted));
    }

    /// <summary>Asks for a token of the app itself (§2.4).</summary>
    /// <param name="client">The app.</param>
    /// <param name="aborted">Ends the wait.</param>
    public async Task<ClientTokenOutcome> ClientTokenAsync(ClientCredentials client, CancellationToken aborted) =>
        TokenRules.ForClient(await PostAsync("/v2/oauth/token/", client, [new("grant_type", "client_credentials")], aborted));

    private async Task<WireAnswer> PostAsync(string path, ClientCredentials client, IEnumerable<KeyValuePair<string, string>> form, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoints.Api, path));
        request.Headers.CacheControl = new() { NoCache = true };
        request.Content = new FormUrlEncodedContent([new("client_key", client.ClientKey), new("client_secret", client.ClientSecret.Reveal()), .. form]);
        return await wire.SendAsync(request, path, deadline, Wire.TokenLimit, aborted);
    }
}
