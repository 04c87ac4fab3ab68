using System.Security.Cryptography;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.Shell.Sealing;

/// <summary>The keys that seal secrets at rest: the first one seals, all of them open.</summary>
/// <remarks>
/// From <c>HOLDFAST_KEYS</c> (base64 keys of 32 bytes, comma-separated, newest first), or else from
/// <c>DIR/keys/APP-master</c> (one a line, newest first), made on first use and readable by its owner alone.
/// They live outside the database and its backup: a copied database opens nothing.
/// </remarks>
public sealed class MasterKeys
{
    private const int KeyBytes = 32;

    /// <summary>Bytes of a key's name, which is the start of its SHA-256.</summary>
    public const int NameBytes = 8;

    /// <summary>A line of 45 bytes takes far less.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(2);

    private readonly Lazy<IReadOnlyList<MasterKey>> keys;

    public MasterKeys(AppIdentity app, AppOptions options, IConfiguration configuration, ISecretSource secrets)
    {
        var path = Path.Combine(PrivateFolder.OfKeys(options.Data), app.Name + "-master");
        keys = new(() => configuration["KEYS"] is { Length: > 0 } given
            ? Read(given.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), "HOLDFAST_KEYS")
            : Read(LinesOf(path, secrets), path));
    }

    /// <exception cref="StartupException">The keys are there but cannot be read as keys.</exception>
    public MasterKey Newest => keys.Value[0];

    /// <summary>The key of that name; <c>null</c> when it is not among ours.</summary>
    public MasterKey? Find(ReadOnlySpan<byte> name)
    {
        foreach (var key in keys.Value)
        {
            if (name.SequenceEqual(key.Name))
                return key;
        }
        return null;
    }

    private static IReadOnlyList<MasterKey> Read(IEnumerable<string> lines, string source)
    {
        var read = lines.Select(line =>
        {
            var bytes = new byte[KeyBytes];
            return Convert.TryFromBase64String(line, bytes, out var count) && count == KeyBytes
                ? new MasterKey(bytes)
                : throw new StartupException($"{source} holds a line that is not a key: a key is 32 bytes in base64, newest first. Without the right key, stored secrets cannot be opened; none was changed.");
        }).ToList();
        return read.Count > 0 ? read : throw new StartupException($"{source} is empty. Put the key back: without it, stored secrets cannot be opened.");
    }

    private static IEnumerable<string> LinesOf(string path, ISecretSource secrets)
    {
        if (!File.Exists(path))
            Make(path, secrets);
        // Another node may be writing it at this moment.
        SpinWait.SpinUntil(() => new FileInfo(path).Length > 0, LongestWrite);
        return File.ReadAllLines(path).Where(line => !string.IsNullOrWhiteSpace(line)).Select(line => line.Trim());
    }

    /// <summary>Of several nodes that start at once on one folder, one makes the key.</summary>
    private static void Make(string path, ISecretSource secrets)
    {
        PrivateFolder.Make(Path.GetDirectoryName(path)!); // the path has a folder: we made it above
        var owner = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows())
            owner.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        FileStream file;
        try
        {
            file = new FileStream(path, owner);
        }
        catch (IOException) when (File.Exists(path))
        {
            return; // another one was first
        }
        try
        {
            using var writer = new StreamWriter(file);
            writer.WriteLine(Convert.ToBase64String(secrets.Bytes(KeyBytes)));
        }
        catch (IOException)
        {
            File.Delete(path); // an empty one would stand in the way of the next start
            throw;
        }
    }
}

/// <summary>One key and its name.</summary>
public sealed class MasterKey(byte[] bytes)
{
    public byte[] Bytes => bytes;

    public byte[] Name { get; } = SHA256.HashData(bytes)[..MasterKeys.NameBytes];

    public override string ToString() => "MasterKey(redacted)";
}
