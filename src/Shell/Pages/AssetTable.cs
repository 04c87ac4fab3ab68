using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;

namespace Holdfast.Shell.Pages;

/// <summary>Styles, modules and pictures, embedded in the assemblies and addressed by their content.</summary>
public sealed class AssetTable
{
    private readonly FrozenDictionary<string, Asset> assets;

    public AssetTable(params IEnumerable<Assembly> assemblies) =>
        assets = assemblies.SelectMany(Read).ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);

    /// <summary>The address of an asset in <c>Assets/</c>; it changes with the content, so browsers may keep it for ever.</summary>
    public string this[string name] => assets.TryGetValue(name, out var asset)
        ? $"/assets/{name}?v={asset.Version}"
        : throw new KeyNotFoundException($"There is no asset \"{name}\".");

    internal Asset? Find(string name) => assets.GetValueOrDefault(name);

    private static IEnumerable<Asset> Read(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith("Assets/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!; // the name came from the manifest
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            yield return new(resource["Assets/".Length..], content, Convert.ToHexStringLower(SHA256.HashData(content))[..12]);
        }
    }
}

internal sealed record Asset(string Name, byte[] Content, string Version)
{
    public string ContentType => Path.GetExtension(Name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".jpg" => "image/jpeg",
        ".webp" => "image/webp",
        ".ico" => "image/x-icon",
        ".webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    };
}
