using System.CommandLine;
using System.CommandLine.Invocation;
using System.Diagnostics.CodeAnalysis;
using Holdfast.Cli.Authorize;
using Holdfast.Cli.Doctor;
using Holdfast.Cli.Explain;
using Holdfast.Cli.Reset;
using Holdfast.Cli.Up;
using Holdfast.Storage;

namespace Holdfast.Cli;

internal static class Program
{
    // The composition root: the one place that names the system clock.
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Composition root.")]
    private static TimeProvider Clock => TimeProvider.System;

    private static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Holdfast: connect a TikTok account once and it stays connected; what you schedule goes out once, on time.")
        {
            UpCommand.Up(Clock),
            UpCommand.Studio(Clock),
            UpCommand.Platform(Clock),
            AuthorizeCommand.Create(Clock, new SystemSecrets(), Terminal.Real),
            ExplainCommand.Create(Terminal.Real),
            DoctorCommand.Create(Clock, Terminal.Real),
            ResetCommand.Create(Terminal.Real),
        };
        var parsed = root.Parse(args is [] ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction)
        {
            // What was wrong fits in a sentence; a screen of help would hide it.
            var command = parsed.CommandResult.Command == root ? "holdfast" : $"holdfast {parsed.CommandResult.Command.Name}";
            await Console.Error.WriteLineAsync($"{parsed.Errors[^1].Message} \"{command} --help\" shows what there is.");
            return 1;
        }

        using var signals = new Signals();
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, signals.Stopping);
    }
}
