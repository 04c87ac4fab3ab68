using System.Net;
using System.Net.Sockets;

namespace Holdfast.People.Sessions;

/// <summary>What of a remote address is counted. Whoever has one IPv6 address has the 18 quintillion of its network.</summary>
public static class Network
{
    public static string Of(string address) => IPAddress.TryParse(address, out var ip) && ip is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
        ? Convert.ToHexStringLower(ip.GetAddressBytes().AsSpan(0, 8))
        : address;
}
