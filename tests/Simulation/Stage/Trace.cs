using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Holdfast.Simulation.Stage;

/// <summary>What happened, in order, in words that do not depend on ciphertext or framework ids; its hash names the run.</summary>
internal sealed partial class Trace(VirtualClock clock, string before = "")
{
    private readonly IncrementalHash hash = Begin(before);
    private readonly Queue<string> recent = new();
    private readonly List<string> violations = [];

    public IReadOnlyList<string> Violations => violations;

    /// <summary>The newest lines, for the report of a failed run.</summary>
    public IEnumerable<string> Recent => recent;

    public long Lines { get; private set; }

    /// <summary>Of everything up to here, with what was before.</summary>
    public string Hash() => Convert.ToHexStringLower(hash.GetCurrentHash())[..16];

    public void Say(string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff} {what}");
        hash.AppendData(Encoding.UTF8.GetBytes(line));
        recent.Enqueue(line);
        if (recent.Count > 400)
            recent.Dequeue();
        Lines++;
    }

    public void Violated(string what)
    {
        violations.Add($"{clock.GetUtcNow():MM-dd HH:mm:ss} {what}");
        Say("VIOLATION " + what);
    }

    public void Calling(Call call, Fault fault)
    {
        if (fault is not Fault.None || !call.IsToken)
            Say($"{call.Method} {call.Steady} {fault}");
    }

    public void Answered(Call call, int status, string body) => Say($"{call.Steady} -> {status}{(status == 200 ? "" : ErrorOf(body))}");

    private static IncrementalHash Begin(string before)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(before));
        return hash;
    }

    private static string ErrorOf(string body) => ErrorCode().Match(body) is { Success: true } found ? " " + found.Groups[1].Value : "";

    [GeneratedRegex("\"(?:error|code)\":\"([a-z_]+)\"")]
    private static partial Regex ErrorCode();
}
