namespace Holdfast.TikTok;

/// <summary>Where the protocol is spoken: the site that shows the consent page and the host that answers the API.</summary>
/// <remarks>
/// Everything secret travels to these two addresses, so plain <c>http</c> is refused unless the host is a loopback address;
/// there is no switch that allows it. Only scheme, host and port count: paths are TikTok's own (tiktok-v2 §0).
/// </remarks>
public sealed record TikTokEndpoints
{
    /// <summary>Names both addresses.</summary>
    /// <param name="authorize">Base of the authorization page, for example <c>https://www.tiktok.com</c>.</param>
    /// <param name="api">Base of the API, for example <c>https://open.tiktokapis.com</c>.</param>
    /// <exception cref="ArgumentException">An address is relative, holds a path, query, fragment or user name, or is plain http off loopback.</exception>
    public TikTokEndpoints(Uri authorize, Uri api)
    {
        Authorize = Checked(authorize, nameof(authorize));
        Api = Checked(api, nameof(api));
    }

    /// <summary>TikTok itself.</summary>
    public static TikTokEndpoints Default { get; } = new(new("https://www.tiktok.com"), new("https://open.tiktokapis.com"));

    /// <summary>Base address of the authorization page in the browser.</summary>
    public Uri Authorize { get; }

    /// <summary>Base address of every call made from a server.</summary>
    public Uri Api { get; }

    /// <summary>Either address is TikTok's own, so nothing that only a Holdfast Platform knows may be asked for.</summary>
    public bool IsTikTok => IsOf(Authorize, "tiktok.com") || IsOf(Api, "tiktokapis.com") || IsOf(Api, "tiktok.com");

    /// <summary>A server that is both at once, such as a Holdfast Platform.</summary>
    /// <param name="address">Its base address, for example <c>http://localhost:7500</c>.</param>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static TikTokEndpoints At(Uri address) => new(address, address);

    /// <summary>Whether a secret may be sent there: https, or http to a loopback address of this machine.</summary>
    /// <param name="address">An absolute address.</param>
    public static bool IsSafe(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsAbsoluteUri && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
    }

    private static bool IsOf(Uri address, string domain) =>
        address.Host.Equals(domain, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);

    private static Uri Checked(Uri address, string name)
    {
        ArgumentNullException.ThrowIfNull(address, name);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            throw new ArgumentException("The address has to start with https:// (or http:// for this machine).", name);
        }

        if (!IsSafe(address))
        {
            throw new ArgumentException(address.UserInfo.Length > 0
                ? "The address must not hold a user name or password."
                : $"Client secrets and tokens would travel readable to {address.Host}: use https. Plain http is only for localhost, 127.0.0.1 and [::1].", name);
        }

        if (address.AbsolutePath != "/" || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw new ArgumentException("Give scheme, host and port only; the paths are TikTok's own.", name);
        }

        return address;
    }
}
