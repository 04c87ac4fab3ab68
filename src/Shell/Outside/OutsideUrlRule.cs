using System.Net;

namespace Holdfast.Shell.Outside;

/// <summary>Which addresses may be called, as far as their text tells. What a name resolves to is judged when it is called.</summary>
public static class OutsideUrlRule
{
    private const int Longest = 2048;

    /// <summary>The address as text, as a form brings it.</summary>
    public static OutsideProblem? ProblemWith(string text, bool allowsLoopback, IReadOnlyCollection<int> extraPorts) =>
        text.Length <= Longest && !text.Any(c => c is <= ' ' or > '~' or '\\' or '"' or '<' or '>' or '`') && Uri.TryCreate(text, UriKind.Absolute, out var address)
            ? ProblemWith(address, allowsLoopback, extraPorts)
            : OutsideProblem.Malformed;

    public static OutsideProblem? ProblemWith(Uri address, bool allowsLoopback, IReadOnlyCollection<int> extraPorts)
    {
        if (!address.IsAbsoluteUri || address.Fragment.Length > 0 || address.Scheme is not ("http" or "https") && address.Host.Length == 0)
            return address is { IsAbsoluteUri: true, Fragment.Length: 0 } ? OutsideProblem.Scheme : OutsideProblem.Malformed;
        if (address.Scheme is not ("http" or "https"))
            return OutsideProblem.Scheme;
        if (address.UserInfo.Length > 0)
            return OutsideProblem.UserInfo;
        if (address.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6) || address.Host.EndsWith('.'))
            return OutsideProblem.Malformed;
        // By name or number, never by what a name resolves to: a stranger's name for 127.0.0.1 stays outside.
        if (IsLoopback(address))
            return allowsLoopback ? null : OutsideProblem.Inside;
        if (address.Scheme is not "https")
            return OutsideProblem.Scheme;
        if (IPAddress.TryParse(address.IdnHost, out var number) && !OutsideAddressRule.IsPublic(number))
            return OutsideProblem.Inside;
        return address.Port == 443 || extraPorts.Contains(address.Port) ? null : OutsideProblem.Port;
    }

    /// <summary>Whether the address names this machine outright.</summary>
    public static bool IsLoopback(Uri address) => IsLoopback(address.IdnHost);

    public static bool IsLoopback(string host) =>
        host is "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal) || (IPAddress.TryParse(host, out var number) && IPAddress.IsLoopback(number));
}
