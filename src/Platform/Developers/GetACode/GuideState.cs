using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.GetACode;

/// <summary>How far a visitor has walked: what a real client would keep between its request and the callback.</summary>
public sealed record GuideState
{
    public string ClientKey { get; init; } = "";
    public IReadOnlyList<string> Scopes { get; init; } = [KnownScopes.Basic, "video.list"];
    public string State { get; init; } = "";
    public string Verifier { get; init; } = "";

    /// <summary>What the callback brought: the query as it arrived.</summary>
    public string? Callback { get; init; }

    public string? Code { get; init; }
    public string? Error { get; init; }

    /// <summary>The callback carried another <c>state</c> than the one sent.</summary>
    public bool IsForged { get; init; }

    public string Challenge => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    // Records print their members, and this one holds a verifier and a code.
    private bool PrintMembers(StringBuilder text)
    {
        text.Append(ClientKey);
        return true;
    }

    internal static GuideState Begin(string clientKey, ISecretSource secrets) => new()
    {
        ClientKey = clientKey,
        State = Base64Url.EncodeToString(secrets.Bytes(12)),
        Verifier = Base64Url.EncodeToString(secrets.Bytes(32)),
    };

    /// <summary>The authorization URL's parameters, in the order in which they are explained.</summary>
    internal IEnumerable<(string Name, string Value)> Parameters(string redirectUri) =>
    [
        ("client_key", ClientKey), ("response_type", "code"), ("scope", ScopeList.Join(Scopes)), ("redirect_uri", redirectUri),
        ("state", State), ("code_challenge", Challenge), ("code_challenge_method", "S256"), ("disable_auto_auth", "1"),
    ];
}
