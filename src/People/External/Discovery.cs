using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Holdfast.People.External;

/// <summary>What OpenID Connect providers publish about themselves, fetched when first needed and kept for an hour.</summary>
internal sealed class Discovery(ProviderHttp http, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, Published> kept = new(StringComparer.Ordinal);

    /// <param name="fresh">Not from memory: a provider changes its keys when it likes.</param>
    /// <exception cref="ProviderException">There is none to be had, or it is another issuer's.</exception>
    public async Task<Published> FindAsync(string authority, bool fresh, CancellationToken aborted)
    {
        if (!fresh && kept.TryGetValue(authority, out var known) && clock.GetUtcNow() - known.At < KeptFor)
            return known;
        var document = await http.GetAsync(authority + "/.well-known/openid-configuration", null, aborted);
        // Discovery §4.3: a document that names another issuer is another issuer's.
        var issuer = Text(document, "issuer");
        if (issuer?.TrimEnd('/') != authority)
            throw new ProviderException(ExternalProblem.NotBelieved, $"the discovery document of {authority} names another issuer");
        var keys = await http.GetAsync(Address(document, "jwks_uri"), null, aborted);
        return kept[authority] = new Published
        {
            Issuer = issuer,
            Authorization = Address(document, "authorization_endpoint"),
            Token = Address(document, "token_endpoint"),
            UserInfo = document.TryGetProperty("userinfo_endpoint", out _) ? Address(document, "userinfo_endpoint") : null,
            Keys = Keys(keys),
            // Absent means basic (Discovery §3).
            PostsSecret = document.TryGetProperty("token_endpoint_auth_methods_supported", out var methods) && methods.ToString().Contains("\"client_secret_post\"", StringComparison.Ordinal),
            NamesIssuer = document.TryGetProperty("authorization_response_iss_parameter_supported", out var names) && names.ValueKind is JsonValueKind.True,
            At = clock.GetUtcNow(),
        };
    }

    private static string? Text(JsonElement document, string name) =>
        document.ValueKind is JsonValueKind.Object && document.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static string Address(JsonElement document, string name) => Text(document, name) is { } address && ProviderRule.IsSafe(address)
        ? address
        : throw new ProviderException(ExternalProblem.NotBelieved, $"the discovery document gives no safe {name}");

    private static IReadOnlyList<SecurityKey> Keys(JsonElement document)
    {
        try
        {
            var keys = new JsonWebKeySet(document.GetRawText()).GetSigningKeys();
            foreach (var key in keys)
                key.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false }; // the cache runs a thread of its own
            return [.. keys];
        }
        catch (ArgumentException unreadable)
        {
            throw new ProviderException(ExternalProblem.Unreachable, "the key set cannot be read", unreadable);
        }
    }
}

/// <summary>A provider's own words about itself.</summary>
internal sealed record Published
{
    public required string Issuer { get; init; }
    public required string Authorization { get; init; }
    public required string Token { get; init; }
    public string? UserInfo { get; init; }
    public required IReadOnlyList<SecurityKey> Keys { get; init; }

    /// <summary>Takes the client secret in the form; else as HTTP Basic.</summary>
    public bool PostsSecret { get; init; }

    /// <summary>Every answer to an authorization request names the issuer (RFC 9207).</summary>
    public bool NamesIssuer { get; init; }
    public required DateTimeOffset At { get; init; }
}
