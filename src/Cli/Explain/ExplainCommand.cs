using System.CommandLine;

namespace Holdfast.Cli.Explain;

/// <summary><c>holdfast explain URL</c>.</summary>
internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var url = new Argument<string>("url") { Description = "The address, in single quotes so that the shell leaves & and ! alone; - reads it from standard input." };
        var command = new Command("explain", "Say what an authorization, callback or error URL means and what is wrong with it. Nothing is sent anywhere. Exit codes: 0 nothing wrong, 1 not such a URL, 2 something is wrong.") { url };
        command.SetAction(async (parsed, stopping) =>
        {
            var text = parsed.GetRequiredValue(url);
            return Show(terminal, ExplainAddress.Of(text == "-" ? await terminal.ReadLineAsync(stopping) ?? "" : text));
        });
        return command;
    }

    internal static int Show(Terminal terminal, Explanation explanation)
    {
        terminal.Print(explanation.Summary);
        foreach (var (name, meaning) in explanation.Parts)
            terminal.Print($"  {name,-14} {Flat(meaning)}");
        foreach (var finding in explanation.Findings.OrderByDescending(finding => finding.Weight))
        {
            terminal.Print($"{Mark(finding.Weight)} {Flat(finding.Says)}");
            if (finding.Fix.Length > 0)
                terminal.Print($"         {Flat(finding.Fix)}");
        }

        return explanation.Kind == AddressKind.Unrecognised ? 1 : explanation.IsSound ? 0 : 2;
    }

    /// <summary>What was read from an address, in one line, so that it cannot pass for lines of ours.</summary>
    internal static string Flat(string text) => text.ReplaceLineEndings(" ");

    private static string Mark(Weight weight) => weight switch { Weight.Wrong => "  wrong ", Weight.Risk => "  risk  ", _ => "  note  " };
}
