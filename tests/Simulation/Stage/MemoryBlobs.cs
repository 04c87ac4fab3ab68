using System.Security.Cryptography;
using System.Text.Json;
using Holdfast.Storage.Blobs;

namespace Holdfast.Simulation.Stage;

/// <summary>Media in memory, because a file answers on another thread. Equal contents are one: a year's posts carry the same few clips.</summary>
internal sealed class MemoryBlobs : IGrowingBlobStore
{
    private readonly Dictionary<string, byte[]> blobs = [];
    private readonly Dictionary<string, byte[]> contents = [];

    public Task<long> WriteAsync(string key, Stream content, long limit, CancellationToken aborted) => WriteAtAsync(key, 0, content, limit, aborted);

    public async Task<long> WriteAtAsync(string key, long offset, Stream content, long limit, CancellationToken aborted)
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

    public Task<Stream?> OpenReadAsync(string key, CancellationToken aborted) => Task.FromResult<Stream?>(blobs.TryGetValue(key, out var content) ? new MemoryStream(content, writable: false) : null);

    public Task<long?> LengthAsync(string key, CancellationToken aborted) => Task.FromResult<long?>(blobs.TryGetValue(key, out var content) ? content.Length : null);

    public Task DeleteAsync(string key)
    {
        blobs.Remove(key);
        return Task.CompletedTask;
    }

    public string? LocalPath(string key) => null;

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
