using System.Reflection;
using System.Security.Cryptography;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;

namespace Holdfast.Platform.Developers;

/// <summary>The pictures of apps: uploaded ones in the blob store, ours in the assembly.</summary>
internal sealed class AppIcons(Database database, IBlobStore blobs)
{
    private const string BuiltInPrefix = "built-in/";

    /// <summary>The key of a picture from <c>demo/icons</c>.</summary>
    public static string BuiltIn(string name) => BuiltInPrefix + name;

    /// <summary>The icon on our own origin; it changes with the picture. <c>null</c> for an app without one.</summary>
    public static string? UrlOf(string appId, string? key) => key is null ? null : $"/apps/{appId}/icon?v={Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)))[..12]}";

    /// <summary>Does what the form says; an app of somebody else stays as it is.</summary>
    public async Task ApplyAsync(string personId, string appId, IconUpload upload, CancellationToken aborted)
    {
        if (upload is IconUpload.Keep or IconUpload.Refused)
            return;
        string? key = null;
        if (upload is IconUpload.Replace(var bytes, var extension))
        {
            key = $"app-icons/{appId}/{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}.{extension}";
            if (blobs.Length(key) is null)
                await blobs.WriteAsync(key, 0, new MemoryStream(bytes), IconRule.Largest, aborted);
        }
        var former = await database.WriteAsync(async session =>
        {
            var before = await session.FirstAsync<string>($"select icon_key from app where id = @appId and {AppAccess.IsMine}", new { appId, personId });
            await session.RunAsync($"update app set icon_key = @key where id = @appId and {AppAccess.IsMine}", new { appId, personId, key });
            return before;
        }, aborted);
        if (former is not null && former != key && !former.StartsWith(BuiltInPrefix, StringComparison.Ordinal))
            blobs.Delete(former);
    }

    /// <summary>Gives an app without a picture one of ours.</summary>
    public Task EnsureAsync(string appId, string name, CancellationToken aborted) => database.WriteAsync(session => session.RunAsync(
        "update app set icon_key = @key where id = @appId and icon_key is null", new { appId, key = BuiltIn(name) }), aborted);

    /// <summary>The picture and its type; <c>null</c> when there is none.</summary>
    public async Task<(Stream Bytes, string ContentType)?> OpenAsync(string appId, CancellationToken aborted)
    {
        if (await database.ReadAsync(session => session.FirstAsync<string>("select icon_key from app where id = @appId", new { appId }), aborted) is not { } key)
            return null;
        var bytes = key.StartsWith(BuiltInPrefix, StringComparison.Ordinal)
            ? Assembly.GetExecutingAssembly().GetManifestResourceStream("demo/icons/" + key[BuiltInPrefix.Length..])
            : blobs.OpenRead(key);
        return bytes is null ? null : (bytes, Path.GetExtension(key) switch { ".png" => "image/png", ".jpg" => "image/jpeg", ".webp" => "image/webp", ".svg" => "image/svg+xml", _ => "application/octet-stream" });
    }
}
