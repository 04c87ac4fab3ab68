using System.Net;
using System.Net.Sockets;

namespace Holdfast.Shell.Outside;

/// <summary>Which numbers are somewhere on the public internet. Everything else could be this machine, its network or its cloud's metadata (attack case 95).</summary>
public static class OutsideAddressRule
{
    // IANA's special-purpose registries, without the few blocks in them that are reachable from everywhere.
    private static readonly IPNetwork[] Inside4 =
    [
        .. from block in new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }
        select IPNetwork.Parse(block),
    ];

    // Of IPv6 only 2000::/3 is handed out; within it these are not: protocol assignments with Teredo, and documentation.
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Inside6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20")];
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork)
            return !Inside4.Any(block => block.Contains(address));
        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || address.ScopeId != 0)
            return false;
        // An IPv4 address in IPv6 clothes is judged by what it wears underneath.
        if (Embedded(address) is { } inner)
            return IsPublic(inner);
        return Global6.Contains(address) && !Inside6.Any(block => block.Contains(address));
    }

    private static IPAddress? Embedded(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.IsIPv4MappedToIPv6 || Nat64.Contains(address) ? new IPAddress(bytes.AsSpan(12, 4))
            : SixToFour.Contains(address) ? new IPAddress(bytes.AsSpan(2, 4))
            // ISATAP puts it behind 0:5efe or 200:5efe.
            : bytes is [_, _, _, _, _, _, _, _, 0 or 2, 0, 0x5E, 0xFE, ..] ? new IPAddress(bytes.AsSpan(12, 4))
            : null;
    }
}
