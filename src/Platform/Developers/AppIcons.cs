using System.Reflection;
using System.Security.Cryptography;
using Holdfast.Platform.Developers.Configurations;
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

    /// <summary>Keeps an uploaded picture, and tells under which key; nothing shows it yet. The same bytes have the same key.</summary>
    /// <param name="former">The key so far, for who keeps it.</param>
    public async Task<string?> KeepAsync(string appId, IconUpload upload, string? former, CancellationToken aborted)
    {
        if (upload is not IconUpload.Replace(var bytes, var extension))
            return upload is IconUpload.Remove ? null : former;
        var key = $"app-icons/{appId}/{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}.{extension}";
        if (await blobs.LengthAsync(key, aborted) is null)
            await blobs.WriteAsync(key, new MemoryStream(bytes), IconRule.Largest, aborted);
        return key;
    }

    /// <summary>Gives an app that was just registered its first picture, in what is live and in what is written.</summary>
    public async Task GiveAsync(string personId, string appId, IconUpload upload, CancellationToken aborted)
    {
        if (upload is not IconUpload.Replace || await KeepAsync(appId, upload, null, aborted) is not { } key)
            return;
        await database.WriteAsync(async session =>
        {
            if (!await AppAccess.MayActAsync(session, personId, appId))
                return;
            if (await ConfigurationStore.DraftAsync(session, appId) is { } draft)
                await ConfigurationStore.PutDraftAsync(session, appId, draft.Wanted with { IconKey = key }, draft.SavedAt);
            else
                await session.RunAsync("update app set icon_key = @key where id = @appId", new { appId, key });
        }, aborted);
    }

    /// <summary>Removes a picture that neither what is live nor what is written shows any more.</summary>
    public async Task ForgetAsync(string appId, string? key, CancellationToken aborted)
    {
        if (key is null || key.StartsWith(BuiltInPrefix, StringComparison.Ordinal))
            return;
        var shown = await database.ReadAsync(async session => (await ConfigurationStore.LiveAsync(session, appId))?.IconKey == key || (await ConfigurationStore.DraftAsync(session, appId))?.Wanted.IconKey == key, aborted);
        if (!shown)
            await blobs.DeleteAsync(key);
    }

    /// <summary>Gives an app without a picture one of ours.</summary>
    public Task EnsureAsync(string appId, string name, CancellationToken aborted) => database.WriteAsync(session => session.RunAsync(
        "update app set icon_key = @key where id = @appId and icon_key is null", new { appId, key = BuiltIn(name) }), aborted);

    /// <summary>The picture and its type; <c>null</c> when there is none.</summary>
    public async Task<(Stream Bytes, string ContentType)?> OpenAsync(string appId, CancellationToken aborted) =>
        await database.ReadAsync(session => session.FirstAsync<string>("select icon_key from app where id = @appId", new { appId }), aborted) is { } key ? await OpenPictureAsync(key, aborted) : null;

    /// <summary>The picture with this key, and its type.</summary>
    public async Task<(Stream Bytes, string ContentType)?> OpenPictureAsync(string key, CancellationToken aborted)
    {
        var bytes = key.StartsWith(BuiltInPrefix, StringComparison.Ordinal)
            ? Assembly.GetExecutingAssembly().GetManifestResourceStream("demo/icons/" + key[BuiltInPrefix.Length..])
            : await blobs.OpenReadAsync(key, aborted);
        return bytes is null ? null : (bytes, Path.GetExtension(key) switch { ".png" => "image/png", ".jpg" => "image/jpeg", ".webp" => "image/webp", ".svg" => "image/svg+xml", _ => "application/octet-stream" });
    }
}
