using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Holdfast.People.External;

/// <summary>The protocol with a provider: the address people are sent to, and from the code that comes back, who they are. Its tokens are used once and kept nowhere.</summary>
internal sealed class AskProvider(ProviderHttp http, Discovery discovery, IdTokens idTokens)
{
    /// <exception cref="ProviderException">The provider does not say where.</exception>
    public async Task<string> AddressAsync(Provider provider, TripSecrets trip, string redirectUri, CancellationToken aborted)
    {
        var endpoint = provider.Authority is { } authority ? (await discovery.FindAsync(authority, false, aborted)).Authorization : provider.Endpoints!.Authorization; // it has one or the other
        var query = new Dictionary<string, string?>
        {
            ["client_id"] = provider.ClientId,
            ["redirect_uri"] = redirectUri,
            ["response_type"] = "code",
            ["scope"] = provider.Scopes,
            ["state"] = trip.State,
            ["code_challenge"] = trip.Challenge,
            ["code_challenge_method"] = "S256",
        };
        if (provider.Authority is not null)
            query["nonce"] = trip.Nonce;
        return QueryHelpers.AddQueryString(endpoint, query);
    }

    /// <summary>Whether an answer that names its issuer names the right one (RFC 9207): a code never goes to another provider's token endpoint.</summary>
    public async Task CheckIssuerAsync(Provider provider, string? issuer, CancellationToken aborted)
    {
        if (provider.Authority is not { } authority)
            return;
        var published = await discovery.FindAsync(authority, false, aborted);
        if (issuer is null ? published.NamesIssuer : issuer != published.Issuer)
            throw new ProviderException(ExternalProblem.NotBelieved, "the answer comes from another issuer");
    }

    /// <exception cref="ProviderException">Nobody was proven.</exception>
    public async Task<ExternalIdentity> WhoAsync(Provider provider, string code, TripSecrets trip, string redirectUri, CancellationToken aborted)
    {
        var answer = provider.Authority is { } authority ? await OpenIdAsync(provider, authority, code, trip, redirectUri, aborted) : await OAuthAsync(provider, code, trip, redirectUri, aborted);
        return IdentityRule.Read(answer, provider.Claims) ?? throw new ProviderException(ExternalProblem.NotBelieved, $"{provider.Name} names nobody");
    }

    private async Task<JsonElement> OpenIdAsync(Provider provider, string authority, string code, TripSecrets trip, string redirectUri, CancellationToken aborted)
    {
        var published = await discovery.FindAsync(authority, false, aborted);
        var tokens = await ExchangeAsync(provider, published.Token, published.PostsSecret, code, trip, redirectUri, aborted);
        var idToken = Text(tokens, "id_token") ?? throw new ProviderException(ExternalProblem.NotBelieved, "there is no ID token");
        var claims = await idTokens.ReadAsync(idToken, published, provider.ClientId, trip.Nonce)
            ?? await idTokens.ReadAsync(idToken, published = await discovery.FindAsync(authority, true, aborted), provider.ClientId, trip.Nonce)
            ?? throw new ProviderException(ExternalProblem.NotBelieved, "the ID token is signed by an unknown key");
        if (claims.TryGetProperty(provider.Claims.Email, out _) || published.UserInfo is null || Text(tokens, "access_token") is not { } access)
            return claims;

        var userInfo = await http.GetAsync(published.UserInfo, access, aborted);
        // Core §5.3.2: without this check somebody else's user info could be put in its place.
        return Text(userInfo, "sub") == Text(claims, "sub") ? userInfo : throw new ProviderException(ExternalProblem.NotBelieved, "the user info is about somebody else");
    }

    private async Task<JsonElement> OAuthAsync(Provider provider, string code, TripSecrets trip, string redirectUri, CancellationToken aborted)
    {
        var endpoints = provider.Endpoints!; // it has no authority
        var tokens = await ExchangeAsync(provider, endpoints.Token, postsSecret: true, code, trip, redirectUri, aborted);
        return await http.GetAsync(endpoints.UserInfo, Text(tokens, "access_token") ?? throw new ProviderException(ExternalProblem.Refused, "there is no access token"), aborted);
    }

    private Task<JsonElement> ExchangeAsync(Provider provider, string endpoint, bool postsSecret, string code, TripSecrets trip, string redirectUri, CancellationToken aborted)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = redirectUri,
            ["client_id"] = provider.ClientId,
            ["code_verifier"] = trip.Verifier,
        };
        if (postsSecret)
            form["client_secret"] = provider.ClientSecret.Value;
        return http.PostAsync(endpoint, form, postsSecret ? null : Basic(provider), aborted);
    }

    // RFC 6749 §2.3.1: both halves are form-encoded first.
    private static AuthenticationHeaderValue Basic(Provider provider) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(provider.ClientSecret.Value)}")));

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
