using System.Net;
using System.Net.Sockets;

namespace Holdfast.People.Sessions;

/// <summary>What of a remote address is counted. Whoever has one IPv6 address has the 18 quintillion of its network.</summary>
public static class Network
{
    public static string Of(string address) => IPAddress.TryParse(address, out var ip) && ip is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
        ? Convert.ToHexStringLower(ip.GetAddressBytes().AsSpan(0, 8))
        : address;

    /// <summary>Whether two addresses are of one network. All that are this machine's own are.</summary>
    public static bool IsSame(string one, string other) => Of(Known(one)) == Of(Known(other));

    private static string Known(string address) => !IPAddress.TryParse(address, out var ip) ? address
        : IPAddress.IsLoopback(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip) ? "localhost"
        : ip.IsIPv4MappedToIPv6 ? $"{ip.MapToIPv4()}" : address;
}
