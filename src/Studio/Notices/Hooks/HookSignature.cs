using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Studio.Notices.Hooks;

/// <summary>Signs what goes to a member's server: HMAC-SHA256 over the time, a dot and the body's bytes, with the secret as text.</summary>
internal static class HookSignature
{
    public const string Header = "Holdfast-Signature";

    /// <summary>The same each time a delivery is tried: a server that has seen it has nothing more to do.</summary>
    public const string DeliveryHeader = "Holdfast-Delivery";

    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hmac.AppendData(body);
        return $"t={time},s={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
