using Holdfast.TikTok.Audience;
using Holdfast.TikTok.Display;
using Holdfast.TikTok.OAuth;
using Holdfast.TikTok.Posting;

namespace Holdfast.TikTok;

/// <summary>All of TikTok's v2 API this library speaks, over one HTTP client and one clock.</summary>
/// <remarks>
/// Holds no state and no secret: credentials and tokens are arguments of each call, so one instance serves every app and account.
/// Calls return outcomes instead of throwing; what they throw is a caller's mistake or the caller's own cancellation.
/// Measurements and spans are published under the name <c>Holdfast.TikTok</c>.
/// </remarks>
public sealed class TikTokClient
{
    /// <summary>Builds the client.</summary>
    /// <param name="endpoints">TikTok itself or a server that speaks like it.</param>
    /// <param name="http">Must not follow redirects nor keep cookies: see <see cref="TikTokHttp"/>. Not disposed here.</param>
    /// <param name="clock">Measures deadlines.</param>
    /// <param name="deadlines">Time limits per call; defaults when null.</param>
    public TikTokClient(TikTokEndpoints endpoints, HttpClient http, TimeProvider clock, TikTokDeadlines? deadlines = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(clock);
        var limits = deadlines ?? new();
        var wire = new Wire(http, clock);
        var api = new Api(endpoints, wire, limits.Api);
        Endpoints = endpoints;
        Tokens = new(endpoints, wire, limits.Token);
        Qr = new(endpoints, wire, limits.Token);
        Display = new(api);
        Audience = new(api);
        Posting = new(api);
        Uploads = new(wire, limits.Chunk);
    }

    /// <summary>Where this client calls.</summary>
    public TikTokEndpoints Endpoints { get; }

    /// <summary>Exchange, renewal, revocation, client tokens.</summary>
    public TokenEndpoint Tokens { get; }

    /// <summary>Sign-in by scanning a QR code.</summary>
    public QrAuthorization Qr { get; }

    /// <summary>Profile and videos of an account.</summary>
    public DisplayApi Display { get; }

    /// <summary>Follower and following lists: a Platform extension that TikTok does not answer.</summary>
    public AudienceApi Audience { get; }

    /// <summary>Posting videos and photos, and what became of them.</summary>
    public PostingApi Posting { get; }

    /// <summary>The bytes of a video.</summary>
    public MediaUpload Uploads { get; }
}
