using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Holdfast.Platform.Webhooks;

/// <summary>Signs a notification (§6.4): HMAC-SHA256 over the time and the body's bytes, with the client secret as text.</summary>
internal static class WebhookSignature
{
    public const string Header = "TikTok-Signature";

    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(time + "."));
        hmac.AppendData(body);
        return $"t={time},s={Convert.ToHexStringLower(hmac.GetHashAndReset())}";
    }
}
