using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using Holdfast.Cli.Authorize;
using Holdfast.Cli.Explain;
using Holdfast.Cli.Up;
using Holdfast.Storage;

namespace Holdfast.Cli;

internal static class Program
{
    // The composition root: the one place that names the system clock.
    [SuppressMessage("ApiDesign", "RS0030", Justification = "Composition root.")]
    private static TimeProvider Clock => TimeProvider.System;

    private static Task<int> Main(string[] args)
    {
        var root = new RootCommand("Holdfast: connect a TikTok account once and it stays connected; what you schedule goes out once, on time.")
        {
            UpCommand.Create(Clock),
            AuthorizeCommand.Create(Clock, new SystemSecrets(), Terminal.Real),
            ExplainCommand.Create(Terminal.Real),
        };
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }
}
