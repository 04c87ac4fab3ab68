using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Holdfast.Benchmarks.Platform.Tokens;

/// <summary>A server under measurement: how it starts, how somebody signs in, and what its requests look like.</summary>
internal abstract class Candidate(string name, int port) : IDisposable
{
    protected const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private Process? process;

    public string Name => name;

    public int Port => port;

    /// <summary>The signed-in person's cookies.</summary>
    public string Cookies { get; protected set; } = "";

    /// <summary>An authorization request that a remembered consent answers at once.</summary>
    public abstract byte[] Authorize { get; }

    public abstract byte[] Exchange(string code);

    public abstract byte[] Renew(string refreshToken);

    /// <summary>Starts the server on one core and waits until it answers; the answer is how long that took.</summary>
    public async Task<TimeSpan> StartAsync(string folder)
    {
        var start = Command(folder);
        var info = new ProcessStartInfo("taskset", ["-c", "0", .. start]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var begun = Stopwatch.GetTimestamp();
        process = Process.Start(info)!; // a new process, since it is started by name
        process.ErrorDataReceived += (_, line) => { if (!string.IsNullOrWhiteSpace(line.Data)) Console.Error.WriteLine($"  [{name}] {line.Data}"); };
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync() is { } said)
        {
            if (said.Contains("ready", StringComparison.Ordinal))
            {
                var took = Stopwatch.GetElapsedTime(begun);
                _ = process.StandardOutput.ReadToEndAsync(); // whatever else it says must not fill the pipe
                return took;
            }
        }
        throw new InvalidOperationException($"{name} did not start.");
    }

    /// <summary>Signs in and agrees once.</summary>
    public abstract Task SignInAsync();

    /// <summary>User and system time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            var fields = File.ReadAllText($"/proc/{process!.Id}/stat").Split(')')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries); // started
            return TimeSpan.FromMilliseconds(10 * (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)));
        }
    }

    /// <summary>Megabytes in memory now, and at most since the start.</summary>
    public (long Now, long Peak) Memory
    {
        get
        {
            var status = File.ReadAllText($"/proc/{process!.Id}/status"); // started
            return (Kilobytes(status, "VmRSS") / 1024, Kilobytes(status, "VmHWM") / 1024);
        }
    }

    public void Dispose()
    {
        if (process is null)
            return;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    protected abstract string[] Command(string folder);

    /// <summary>Where the client is answered; nobody listens there.</summary>
    protected abstract string RedirectUri { get; }

    /// <summary>Follows redirects on this server with cookies, as a browser would, until a page or the client's own address.</summary>
    protected async Task<WireAnswer> FollowAsync(Wire wire, WireAnswer answer, Dictionary<string, string> jar)
    {
        for (var hops = 0; ; hops++)
        {
            foreach (var cookie in answer.Headers("Set-Cookie"))
            {
                var pair = cookie.Split(';')[0].Split('=', 2);
                jar[pair[0]] = pair[1];
            }
            if (answer.Status is not (302 or 303) || answer.Header("Location") is not { } to || to.StartsWith(RedirectUri, StringComparison.Ordinal) || hops > 10)
                return answer;
            answer = await wire.SendAsync(Wire.Get(to.StartsWith('/') ? to : new Uri(to).PathAndQuery, Text(jar)));
        }
    }

    protected static string Text(Dictionary<string, string> jar) => string.Join("; ", jar.Select(pair => $"{pair.Key}={pair.Value}"));

    private static long Kilobytes(string status, string name) =>
        long.Parse(Regex.Match(status, name + @":\s+(\d+)").Groups[1].Value, CultureInfo.InvariantCulture);
}
