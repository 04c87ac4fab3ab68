using System.Buffers.Text;
using Holdfast.People.External;
using Holdfast.Storage;

namespace Holdfast.Platform.DemoIdentity;

/// <summary>The demo's identity provider, as the Platform knows it: real OpenID Connect under the Platform's own address, with a secret made at start.</summary>
internal sealed class PotteryClub(OwnAddress own, ISecretSource secrets)
{
    public const string Name = "pottery-club";
    public const string ClientId = "holdfast-platform";
    public const string Path = "/demo/identity";

    private readonly Lazy<string> secret = new(() => Base64Url.EncodeToString(secrets.Bytes(32)));

    public string Issuer => own.Origin + Path;

    public string ClientSecret => secret.Value;

    public Provider AsProvider() => new()
    {
        Name = Name,
        Title = "Pottery Club",
        Authority = Issuer,
        ClientId = ClientId,
        ClientSecret = new(ClientSecret),
        Scopes = "openid email profile",
    };

    /// <summary>Its only client is the Platform, whichever name of this machine the browser used.</summary>
    public bool Knows(string? clientId, string? redirectUri) =>
        clientId == ClientId && Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.IsLoopback && uri.Port == new Uri(own.Origin).Port && uri.PathAndQuery == ExternalSignIn.CallbackPath(Name);
}
