using System.Security.Cryptography;
using System.Text;

namespace Holdfast.TikTok.Webhooks;

/// <summary>A notification (tiktok-v2 §6.2). Comes at least once: use <see cref="DeduplicationKey"/> to act once.</summary>
/// <param name="ClientKey">The app it is for; check that it is yours.</param>
/// <param name="Name">For example <c>authorization.removed</c>.</param>
/// <param name="CreatedAt">When it happened, to the second.</param>
/// <param name="OpenId">The account; null for events without one.</param>
/// <param name="Content">What happened, typed.</param>
/// <param name="RawContent">The <c>content</c> text as sent.</param>
public sealed record WebhookEvent(string ClientKey, string Name, DateTimeOffset CreatedAt, string? OpenId, WebhookContent Content, string RawContent)
{
    /// <summary>Same for every delivery of one event; TikTok sends no id of its own (§6.1). 64 hexadecimal digits.</summary>
    public string DeduplicationKey => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', ClientKey, Name, CreatedAt.ToUnixTimeSeconds(), OpenId, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(RawContent)))))));

    /// <summary>Reads a body whose signature was found valid; null when it is no notification.</summary>
    /// <param name="body">The raw request body.</param>
    public static WebhookEvent? Parse(ReadOnlyMemory<byte> body)
    {
        if (Json.Object(body) is not { } root
            || root.Text("client_key") is not { Length: > 0 } clientKey
            || root.Text("event") is not { Length: > 0 } name
            || root.Integer("create_time") is not (>= 0 and <= 253_402_300_799 and { } seconds))
        {
            return null;
        }

        var raw = root.Text("content") ?? "";
        return new(clientKey, Json.Printable(name), DateTimeOffset.FromUnixTimeSeconds(seconds), root.Text("user_openid"), WebhookContent.Read(name, raw), raw);
    }
}
