using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Holdfast.Cli.Doctor;

/// <summary>A line for each check, and what to do below it; or one JSON object.</summary>
internal static class DoctorOutput
{
    /// <summary>Something stands in the way.</summary>
    public const int Failing = 2;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static int Write(Terminal terminal, DoctorSettings settings, IReadOnlyList<Check> checks)
    {
        var isFine = checks.All(check => check.State is not CheckState.Fail);
        if (settings.Json)
        {
            terminal.Print(JsonSerializer.Serialize(new { ok = isFine, checks }, Json));
        }
        else
        {
            foreach (var check in checks)
            {
                terminal.Print($"{Mark(check.State)}  {check.Name,-12} {Flat(check.Says)}");
                if (check.Next.Length > 0)
                    terminal.Print($"                    {Flat(check.Next)}");
            }
            terminal.Print(Summary(checks));
        }
        return isFine ? ExitCode.Done : Failing;
    }

    private static string Summary(IReadOnlyList<Check> checks) =>
        (checks.Count(check => check.State is CheckState.Fail), checks.Count(check => check.State is CheckState.Warn)) switch
        {
            (0, 0) => "Everything is as it should be.",
            (0, var warnings) => $"Nothing stands in the way; {warnings} to look at.",
            (var failures, var warnings) => $"{failures} in the way, {warnings} more to look at. The first one usually explains the rest.",
        };

    private static string Mark(CheckState state) => state switch { CheckState.Ok => "ok  ", CheckState.Warn => "warn", CheckState.Fail => "FAIL" };

    // What servers and databases say stays on its line.
    private static string Flat(string text) => text.ReplaceLineEndings(" ");
}
