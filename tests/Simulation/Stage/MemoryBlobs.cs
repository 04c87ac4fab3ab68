using System.Security.Cryptography;
using System.Text.Json;
using Holdfast.Storage.Blobs;

namespace Holdfast.Simulation.Stage;

/// <summary>Media in memory, because a file answers on another thread. Equal contents are one: a year's posts carry the same few clips.</summary>
internal sealed class MemoryBlobs : IBlobStore
{
    private readonly Dictionary<string, byte[]> blobs = [];
    private readonly Dictionary<string, byte[]> contents = [];

    public async Task<long> WriteAsync(string key, long offset, Stream content, long limit, CancellationToken aborted)
    {
        using var fresh = new MemoryStream();
        await content.CopyToAsync(fresh, aborted);
        if (fresh.Length > limit)
            throw new BlobTooLargeException(limit);
        var kept = blobs.GetValueOrDefault(key, []);
        byte[] whole = [.. kept.AsSpan(0, (int)Math.Min(offset, kept.Length)), .. fresh.GetBuffer().AsSpan(0, (int)fresh.Length)];
        blobs[key] = OneOf(whole);
        return fresh.Length;
    }

    public Stream? OpenRead(string key) => blobs.TryGetValue(key, out var content) ? new MemoryStream(content, writable: false) : null;

    public long? Length(string key) => blobs.TryGetValue(key, out var content) ? content.Length : null;

    public void Delete(string key) => blobs.Remove(key);

    /// <summary>Writes everything to files that begin with <paramref name="place"/>.</summary>
    public void Keep(string place)
    {
        var (index, used) = (new Dictionary<string, string>(), new Dictionary<string, byte[]>());
        foreach (var (key, content) in blobs)
        {
            var name = Name(content);
            (index[key], used[name]) = (name, content);
        }
        File.WriteAllText(place + "-blobs.json", JsonSerializer.Serialize(index));
        using var file = new BinaryWriter(File.Create(place + "-blobs.bin"));
        foreach (var (name, content) in used)
        {
            file.Write(name);
            file.Write(content.Length);
            file.Write(content);
        }
    }

    public static MemoryBlobs From(string place)
    {
        var blobs = new MemoryBlobs();
        using var file = new BinaryReader(File.OpenRead(place + "-blobs.bin"));
        while (file.BaseStream.Position < file.BaseStream.Length)
            blobs.contents[file.ReadString()] = file.ReadBytes(file.ReadInt32());
        foreach (var (key, name) in JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(place + "-blobs.json")) ?? [])
            blobs.blobs[key] = blobs.contents[name];
        return blobs;
    }

    private byte[] OneOf(byte[] content)
    {
        var name = Name(content);
        return contents.TryGetValue(name, out var known) ? known : contents[name] = content;
    }

    private static string Name(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
