using System.Diagnostics;
using System.Globalization;
using Holdfast.Storage.Blobs.S3;

namespace Holdfast.Specs.Storage.Blobs;

/// <summary>Somebody else's S3: s3rver from npm, in a process of its own. It checks the access key and no signature.</summary>
public sealed class S3Server : IAsyncLifetime
{
    public const string Bucket = "holdfast-media";
    public const string Key = "S3RVER"; // both fixed by it

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Clients");

    private readonly string data = Directory.CreateTempSubdirectory("holdfast-s3").FullName;
    private Process? process;

    public string Address { get; private set; } = "";

    /// <summary>Settings with which it is open.</summary>
    public S3Options Options => new() { Endpoint = Address, Bucket = Bucket, AccessKey = Key, SecretKey = Key, Prefix = "holdfast/" };

    /// <summary>What it holds. It keeps the parts of uploads that were given up, which no other store does.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(data, file)).Where(file => !file.Contains("_uploads", StringComparison.Ordinal));

    /// <summary>The same settings as they stand in the environment, without <c>HOLDFAST_</c>.</summary>
    public Dictionary<string, string?> Settings => new() { ["S3:Endpoint"] = Address, ["S3:Bucket"] = Bucket, ["S3:AccessKey"] = Key, ["S3:SecretKey"] = Key, ["S3:Prefix"] = "holdfast/" };

    public async ValueTask InitializeAsync()
    {
        var program = Path.Combine(Folder, "node_modules", "s3rver", "bin", "s3rver.js");
        if (!File.Exists(program))
            throw new InvalidOperationException("The S3 server is not installed. ./test does it; by hand: cd tests/Clients && npm ci --ignore-scripts");
        process = Process.Start(new ProcessStartInfo("node", [program, "--directory", data, "--address", "127.0.0.1", "--port", "0", "--configure-bucket", Bucket]) { RedirectStandardOutput = true, RedirectStandardError = true })!; // started by name, so a new process
        using var limit = new CancellationTokenSource(Patience, TestClock.System);
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.StartsWith("S3rver listening on ", StringComparison.Ordinal))
            {
                Address = string.Create(CultureInfo.InvariantCulture, $"http://{line["S3rver listening on ".Length..]}");
                // It writes a line for every request, and more when somebody hangs up.
                (_, _) = (process.StandardOutput.BaseStream.CopyToAsync(Stream.Null), process.StandardError.BaseStream.CopyToAsync(Stream.Null));
                return;
            }
        }
        throw new InvalidOperationException("The S3 server did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
        process?.Dispose();
        Directory.Delete(data, recursive: true);
    }
}
