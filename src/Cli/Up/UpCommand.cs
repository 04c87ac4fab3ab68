using System.CommandLine;

namespace Holdfast.Cli.Up;

/// <summary><c>holdfast up</c>, <c>studio</c> and <c>platform</c>: run the apps until told to stop.</summary>
internal static class UpCommand
{
    public static Command Up(TimeProvider clock) => Create(
        "up", "Start Studio and the Platform on this machine, as one process.", options => options.Both,
        (settings, stopping) => new RunUp(settings, clock).RunAsync(stopping));

    public static Command Studio(TimeProvider clock) => Create(
        "studio", "Start Studio alone.", options => options.OfStudio,
        (settings, stopping) => new RunOne(settings with { Demo = false }, clock).StudioAsync(stopping));

    public static Command Platform(TimeProvider clock) => Create(
        "platform", "Start the Platform alone.", options => options.OfPlatform,
        (settings, stopping) => new RunOne(settings, clock).PlatformAsync(stopping));

    private static Command Create(string name, string description, Func<UpOptions, IEnumerable<Option>> choose, Func<UpSettings, CancellationToken, Task> run)
    {
        var options = new UpOptions();
        var command = new Command(name, description);
        foreach (var option in choose(options))
            command.Options.Add(option);
        command.SetAction((parsed, stopping) => Start.RunAsync(() => run(options.Read(parsed), stopping), stopping));
        return command;
    }
}
