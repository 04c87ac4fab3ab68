using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Holdfast.Specs.Studio.Nodes;

/// <summary>Studio in a process of its own, as <c>holdfast studio --database …</c> starts it, that can be killed and stopped in the middle of anything.</summary>
internal sealed class StudioNode : IAsyncDisposable
{
    private readonly Process process;

    private StudioNode(Process process) => this.process = process;

    public static async Task<StudioNode> StartAsync(string data, IReadOnlyDictionary<string, string> settings)
    {
        var program = Path.Combine(Repository.Root, "artifacts", "bin", "Cli", "release", OperatingSystem.IsWindows() ? "holdfast.exe" : "holdfast");
        var start = new ProcessStartInfo(program, ["studio", "--studio-port", FreePort().ToString(CultureInfo.InvariantCulture), "--data", data]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
            start.Environment["HOLDFAST_" + name] = value;
        var process = Process.Start(start)!; // started by name, so a new process
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Studio ready", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(); // whatever else it says must not fill the pipe
                return new StudioNode(process);
            }
        }
        throw new InvalidOperationException($"The node did not start: {await errors}");
    }

    /// <summary>kill −9.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>Gets no turns for a while and then goes on where it stood.</summary>
    public async Task PauseAsync(TimeSpan time)
    {
        await SignalAsync("STOP");
        await Task.Delay(time, TestClock.System);
        await SignalAsync("CONT");
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
