using System.Text;

namespace Holdfast.TikTok.OAuth;

/// <summary>The link that sends a person to TikTok's consent page (tiktok-v2 §1.3).</summary>
/// <param name="ClientKey">The app.</param>
/// <param name="Scopes">What is asked for; the person may grant less.</param>
/// <param name="RedirectUri">One of the app's registered URIs, character by character: TikTok compares exactly, trailing slash included (§1.2).</param>
/// <param name="State">Unguessable and used once; it comes back with the callback and ties the answer to this browser.</param>
public sealed record AuthorizationRequest(string ClientKey, IReadOnlyList<string> Scopes, string RedirectUri, string State)
{
    /// <summary>Needed when the redirect URI is registered under Desktop, iOS or Android; null for Web.</summary>
    public Pkce? Pkce { get; init; }

    /// <summary>True always shows the consent page, false skips it for an existing grant, null leaves it to TikTok.</summary>
    public bool? DisableAutoAuth { get; init; }

    /// <summary>Language of the page, such as <c>en</c>; null leaves it to TikTok.</summary>
    public string? Language { get; init; }

    /// <summary>Asks the platform to name itself in the answer (<c>iss</c>, RFC 9207). A Holdfast Platform does; TikTok knows nothing of it, so leave it out there.</summary>
    public bool WantsIssuer { get; init; }

    /// <summary>The address to open in a browser.</summary>
    /// <param name="endpoints">Whose consent page.</param>
    public Uri ToUrl(TikTokEndpoints endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var query = new StringBuilder("/v2/auth/authorize/");
        Add("client_key", ClientKey);
        Add("scope", string.Join(',', Scopes));
        Add("response_type", "code");
        Add("redirect_uri", RedirectUri);
        Add("state", State);
        Add("code_challenge", Pkce?.Challenge);
        Add("code_challenge_method", Pkce is null ? null : Pkce.Method);
        Add("disable_auto_auth", DisableAutoAuth switch { true => "1", false => "0", null => null });
        Add("lang", Language);
        Add("iss", WantsIssuer ? "1" : null);
        return new Uri(endpoints.Authorize, query.ToString());

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                query.Append(query.ToString().Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(name).Append('=').Append(Uri.EscapeDataString(value));
            }
        }
    }
}
