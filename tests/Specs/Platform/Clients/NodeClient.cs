using System.Diagnostics;
using System.Text.Json;
using Holdfast.Platform.SignIn;
using Holdfast.Shell.Hosting;

namespace Holdfast.Specs.Platform.Clients;

/// <summary>A driver of <c>tests/Clients</c>: runs somebody else's TikTok client in node, with TikTok's hosts led to our Platform.</summary>
internal sealed class NodeClient : IAsyncDisposable
{
    public const string Redirect = "https://app.example.test/api/auth/callback/tiktok";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2); // on a machine with other work; alone they take a second
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Clients");

    private readonly Process process;
    private readonly CancellationTokenSource limit = new(Longest, TestClock.System);
    private readonly Task<string> errors;

    private NodeClient(Process process)
    {
        this.process = process;
        errors = process.StandardError.ReadToEndAsync();
        limit.Token.Register(process.Kill); // which ends every read below
    }

    /// <summary>Every driver in the folder.</summary>
    public static IEnumerable<string> Drivers => Directory.EnumerateFiles(Folder, "*.mjs").Where(file => Drives(File.ReadAllText(file))).Select(file => Path.GetFileNameWithoutExtension(file));

    // What others import drives nothing by itself.
    private static bool Drives(string module) =>
        (module.Contains("await visit(", StringComparison.Ordinal) || module.Contains("await run(", StringComparison.Ordinal)) && !module.Contains("\nexport ", StringComparison.Ordinal);

    public static NodeClient Start(string name, PlatformUnderTest platform)
    {
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
            throw new InvalidOperationException("The clients are not installed. ./test does it; by hand: cd tests/Clients && npm ci --ignore-scripts");
        var start = new ProcessStartInfo("node", ["--import", "./redirect.mjs", name + ".mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["TIKTOK_AT"] = platform.App.BoundAddress().GetLeftPart(UriPartial.Authority);
        start.Environment["CLIENT_KEY"] = DemoContent.ClientKey;
        start.Environment["CLIENT_SECRET"] = DemoContent.ClientSecret;
        start.Environment["REDIRECT_URI"] = Redirect;
        return new NodeClient(Process.Start(start)!); // started by name, so a new process
    }

    /// <summary>What the client does next; <c>null</c> when it has done everything. One that fails fails the test with its own words.</summary>
    public async Task<ClientStep?> NextAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("{\"step\"", StringComparison.Ordinal)) // some clients log
                return JsonSerializer.Deserialize<ClientStep>(line, JsonSerializerOptions.Web);
        }
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, (limit.IsCancellationRequested ? "It took too long. " : "") + await errors);
        return null;
    }

    /// <summary>The person's browser came back to the app here.</summary>
    public Task ReturnAsync(string location) => process.StandardInput.WriteLineAsync(location);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        limit.Dispose();
        process.Dispose();
    }
}

/// <summary>One step of a client.</summary>
/// <param name="By"><c>client</c> when the package has a method for it, <c>hand</c> when the app writes the call.</param>
internal sealed record ClientStep(string Step, string By, IReadOnlyDictionary<string, JsonElement> Facts)
{
    public string this[string fact] => Facts.TryGetValue(fact, out var value) ? value.ToString() : "";

    public override string ToString() => By == "client" ? Step : $"({Step})";
}
