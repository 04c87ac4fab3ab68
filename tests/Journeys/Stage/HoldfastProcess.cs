using System.Diagnostics;
using System.Net.NetworkInformation;
using System.Security.Cryptography;

namespace Holdfast.Journeys.Stage;

/// <summary>The real program, started as a person starts it, on ports and data of its own.</summary>
internal sealed class HoldfastProcess : IAsyncDisposable
{
    // Far longer than it takes, for machines that have other work.
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(3);

    private static readonly HashSet<int> Given = [];

    private readonly Process process;
    private readonly List<string> errors = [];
    private Task reading = Task.CompletedTask;

    private HoldfastProcess(Process process, string data, int studioPort, int platformPort)
    {
        this.process = process;
        Data = data;
        StudioPort = studioPort;
        PlatformPort = platformPort;
    }

    public string Data { get; }

    public int StudioPort { get; }

    public int PlatformPort { get; }

    public string Studio => $"http://localhost:{StudioPort}";

    public string Platform => $"http://localhost:{PlatformPort}";

    /// <summary>What it wrote to stdout so far.</summary>
    public List<string> Lines { get; } = [];

    public string Errors
    {
        get
        {
            lock (errors)
                return string.Join('\n', errors);
        }
    }

    /// <summary>The program that <c>./holdfast</c> becomes.</summary>
    public static string Executable => Path.Combine(Repository.Root, "artifacts", "bin", "Cli", "release", OperatingSystem.IsWindows() ? "holdfast.exe" : "holdfast");

    /// <summary>Starts <c>holdfast up</c> and waits for both ready lines.</summary>
    /// <param name="data">A data folder to find again; default: a new one.</param>
    public static async Task<HoldfastProcess> UpAsync(string? data = null, int? studioPort = null, int? platformPort = null, params string[] more)
    {
        var holdfast = Begin(data, studioPort, platformPort, more);
        await holdfast.WaitUntilReadyAsync();
        return holdfast;
    }

    /// <summary>Starts <c>holdfast up</c> with settings in its environment and waits for both ready lines.</summary>
    public static async Task<HoldfastProcess> UpWithAsync(params (string Name, string Value)[] settings)
    {
        var holdfast = Begin(settings, null, null, null, []);
        await holdfast.WaitUntilReadyAsync();
        return holdfast;
    }

    /// <summary>Starts <c>holdfast up</c> and does not wait for it.</summary>
    public static HoldfastProcess Begin(string? data = null, int? studioPort = null, int? platformPort = null, params string[] more) => Begin([], data, studioPort, platformPort, more);

    private static HoldfastProcess Begin((string Name, string Value)[] settings, string? data, int? studioPort, int? platformPort, string[] more)
    {
        data ??= Directory.CreateTempSubdirectory("holdfast-journey").FullName;
        var (studio, platform) = (studioPort ?? FreePort(), platformPort ?? FreePort());
        var start = new ProcessStartInfo(Executable, ["up", "--data", data, "--studio-port", $"{studio}", "--platform-port", $"{platform}", .. more])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var holdfast = new HoldfastProcess(Process.Start(start)!, data, studio, platform); // a start that fails throws
        holdfast.Listen();
        return holdfast;
    }

    /// <summary>Waits until it has written this to stderr.</summary>
    public async Task SaidAsync(string words)
    {
        using var limit = new CancellationTokenSource(ReadyWithin, Clock.System);
        while (!Errors.Contains(words, StringComparison.Ordinal))
            await Task.Delay(TimeSpan.FromMilliseconds(20), Clock.System, limit.Token);
    }

    /// <summary>Starts it without demo content, on data of its own.</summary>
    public static Task<HoldfastProcess> EmptyAsync() => UpAsync(more: ["--no-demo"]);

    /// <summary>What it wrote to stdout, up to this line.</summary>
    public async Task<IReadOnlyList<string>> LinesUntilAsync(string last)
    {
        using var limit = new CancellationTokenSource(ReadyWithin, Clock.System);
        while (true)
        {
            lock (Lines)
            {
                if (Lines.Contains(last))
                    return [.. Lines];
            }
            await Task.Delay(TimeSpan.FromMilliseconds(20), Clock.System, limit.Token);
        }
    }

    /// <summary>Runs one command to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string[] arguments, string? input = null, TimeSpan? within = null)
    {
        using var process = Process.Start(new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!; // a start that fails throws
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(within ?? ReadyWithin, Clock.System);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"holdfast {string.Join(' ', arguments)} did not end: {await output}{await errors}");
        }
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>As a service manager does; a shell that started this in the background has Ctrl-C ignored, and the program inherits that.</summary>
    public async Task<int> StopAsync(string signal = "TERM")
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
            await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(ReadyWithin, Clock.System);
            await process.WaitForExitAsync(limit.Token);
        }
        return process.ExitCode;
    }

    /// <summary>As a power cut does.</summary>
    public async Task CutPowerAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>The memory the process holds now, in bytes.</summary>
    public long Memory()
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await CutPowerAsync();
        process.Dispose();
    }

    /// <summary>A port that nobody listens on and no other journey was given; below those that the system gives to outgoing connections, so that none of them takes it meanwhile.</summary>
    public static int FreePort()
    {
        lock (Given)
        {
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(11_000, 32_000);
                if (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().All(taken => taken.Port != port) && Given.Add(port))
                    return port;
            }
        }
    }

    private void Listen()
    {
        process.ErrorDataReceived += (_, said) =>
        {
            lock (errors)
                errors.Add(said.Data ?? "");
        };
        process.BeginErrorReadLine();
        reading = ReadOutputAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var limit = new CancellationTokenSource(ReadyWithin, Clock.System);
        while (!Has("Platform ready at") || !Has("Studio ready at"))
        {
            if (reading.IsCompleted)
                throw new InvalidOperationException($"holdfast ended before it was ready:\n{string.Join('\n', Lines)}\n{Errors}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), Clock.System, limit.Token);
        }
    }

    // To the end, or the program would stop at a full pipe.
    private async Task ReadOutputAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            lock (Lines)
                Lines.Add(line);
        }
    }

    private bool Has(string start)
    {
        lock (Lines)
            return Lines.Any(line => line.StartsWith(start, StringComparison.Ordinal));
    }
}
