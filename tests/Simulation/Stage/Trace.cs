using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Holdfast.Simulation.Stage;

/// <summary>What happened, in order, in words that do not depend on ciphertext or framework ids; its hash names the run.</summary>
internal sealed partial class Trace(VirtualClock clock)
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<string> recent = [];
    private readonly Dictionary<string, string> lineage = [];
    private readonly HashSet<string> renewing = [];
    private readonly List<string> violations = [];

    public IReadOnlyList<string> Violations => violations;

    /// <summary>The newest lines, for the report of a failed run.</summary>
    public IEnumerable<string> Recent => recent;

    public int Lines { get; private set; }

    public int Renewals { get; private set; }

    public string Hash() => Convert.ToHexStringLower(hash.GetCurrentHash())[..16];

    public void Say(string what)
    {
        var line = $"{clock.GetUtcNow().ToString("MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)} {what}";
        hash.AppendData(Encoding.UTF8.GetBytes(line));
        recent.Add(line);
        if (recent.Count > 400)
            recent.RemoveRange(0, 200);
        Lines++;
    }

    public void Violated(string what)
    {
        violations.Add($"{clock.GetUtcNow():MM-dd HH:mm:ss} {what}");
        Say("VIOLATION " + what);
    }

    public void Calling(Call call, Fault fault) => Say($"{call.Method} {Steady(call.Path)} {fault}");

    /// <summary>A renewal in flight belongs to the chain of tokens it descends from; two at once on one chain break the promise.</summary>
    public IDisposable Watch(Call call)
    {
        if (!call.IsRenewal || RefreshToken().Match(call.Text) is not { Success: true } sent)
            return new Ended(() => { });

        Renewals++;
        var token = Uri.UnescapeDataString(sent.Groups[1].Value);
        var chain = lineage.TryGetValue(token, out var known) ? known : token;
        if (!renewing.Add(chain))
            Violated("two renewals in flight for one connection");
        return new Ended(() => renewing.Remove(chain));
    }

    public void Answered(Call call, int status, string body)
    {
        Say($"{Steady(call.Path)} -> {status}{ErrorOf(body)}");
        if (!call.IsRenewal || status != 200 || RefreshToken().Match(call.Text) is not { Success: true } sent)
            return;
        var old = Uri.UnescapeDataString(sent.Groups[1].Value);
        using var answer = JsonDocument.Parse(body);
        if (answer.RootElement.TryGetProperty("refresh_token", out var fresh))
            lineage[fresh.GetString()!] = lineage.GetValueOrDefault(old, old); // a JSON string: the wire says so
    }

    private static string ErrorOf(string body) => ErrorCode().Match(body) is { Success: true } found ? " " + found.Groups[1].Value : "";

    private static string Steady(string path) => path.StartsWith("/v2/", StringComparison.Ordinal) ? path : "/" + path.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

    private sealed class Ended(Action end) : IDisposable
    {
        public void Dispose() => end();
    }

    [GeneratedRegex("refresh_token=(rft[^&]+)")]
    private static partial Regex RefreshToken();

    [GeneratedRegex("\"(?:error|code)\":\"([a-z_]+)\"")]
    private static partial Regex ErrorCode();
}
