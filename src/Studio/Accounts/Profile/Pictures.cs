using System.Security.Cryptography;
using Holdfast.Storage.Blobs;
using Holdfast.TikTok;

namespace Holdfast.Studio.Accounts.Profile;

/// <summary>Keeps copies of avatars and covers: TikTok's addresses expire, and our pages load nothing foreign.</summary>
internal sealed class Pictures(TikTokWire wire, IBlobStore blobs, TimeProvider clock)
{
    private const int Limit = 2 * 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = TikTokHttp.CreateClient(wire.Handler);

    /// <summary>Fetches a picture; <c>null</c> when it is none, too large, or not to be had now.</summary>
    /// <param name="prefix">The key up to the picture's own digest.</param>
    /// <param name="isLocal">TikTok is on this machine: plain http to it is fine.</param>
    /// <returns>The blob's key.</returns>
    public async Task<string?> KeepAsync(string? address, string prefix, bool isLocal, CancellationToken aborted)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || !(uri.Scheme == Uri.UriSchemeHttps || (isLocal && uri is { IsLoopback: true, Scheme: "http" })))
            return null;
        using var late = new CancellationTokenSource(Deadline, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        try
        {
            using var response = await http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (!response.IsSuccessStatusCode || response.Content.Headers.ContentLength > Limit)
                return null;
            var bytes = await ReadAsync(await response.Content.ReadAsStreamAsync(either.Token), either.Token);
            if (bytes is null || KindOf(bytes) is not { } kind)
                return null;
            var key = $"{prefix}-{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}.{kind}";
            if (await blobs.LengthAsync(key, either.Token) != bytes.Length)
                await blobs.WriteAsync(key, new MemoryStream(bytes), Limit, either.Token);
            return key;
        }
        catch (Exception passing) when (passing is HttpRequestException or IOException or OperationCanceledException)
        {
            aborted.ThrowIfCancellationRequested();
            return null;
        }
    }

    /// <summary>Removes a picture nothing points at any more.</summary>
    public async Task ForgetAsync(string key)
    {
        try
        {
            await blobs.DeleteAsync(key);
        }
        catch (IOException)
        {
            // A picture too much harms nobody.
        }
    }

    /// <summary>The content type of a kept picture.</summary>
    public static string ContentType(string key) => Path.GetExtension(key) switch
    {
        ".png" => "image/png",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        _ => "image/jpeg",
    };

    private static async Task<byte[]?> ReadAsync(Stream stream, CancellationToken ended)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, ended) is > 0 and var read)
        {
            if (kept.Length + read > Limit)
                return null;
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }

    /// <summary>By its first bytes: what a foreign server calls a picture may be anything.</summary>
    private static string? KindOf(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? "png"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "jpg"
        : bytes.StartsWith("GIF8"u8) ? "gif"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..].StartsWith("WEBP"u8) ? "webp"
        : null;
}
