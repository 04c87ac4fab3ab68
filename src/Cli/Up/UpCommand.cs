using System.CommandLine;
using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Up;

/// <summary><c>holdfast up</c>, <c>studio</c> and <c>platform</c>: run the apps until told to stop.</summary>
internal static class UpCommand
{
    public static Command Create(TimeProvider clock)
    {
        var studioPort = new Option<int>("--studio-port") { Description = "Studio's port.", DefaultValueFactory = _ => FromEnvironment("HOLDFAST_STUDIO_PORT", 7400) };
        var platformPort = new Option<int>("--platform-port") { Description = "The Platform's port.", DefaultValueFactory = _ => FromEnvironment("HOLDFAST_PLATFORM_PORT", 7500) };
        var data = new Option<string>("--data") { Description = "Folder for databases, keys and media.", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HOLDFAST_DATA") ?? ".holdfast" };
        var database = new Option<string?>("--database") { Description = "PostgreSQL connection string; default: SQLite in the data folder.", DefaultValueFactory = _ => Environment.GetEnvironmentVariable("HOLDFAST_DATABASE") };
        var noDemo = new Option<bool>("--no-demo") { Description = "Start empty, without demo people and content." };

        var command = new Command("up", "Start Studio and the Platform on this machine.") { studioPort, platformPort, data, database, noDemo };
        command.SetAction((parsed, stopping) => RunUp.RunAsync(new UpSettings(
            parsed.GetValue(studioPort), parsed.GetValue(platformPort), Path.GetFullPath(parsed.GetValue(data)!), parsed.GetValue(database), !parsed.GetValue(noDemo)), clock, stopping));
        return command;
    }

    private static int FromEnvironment(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out var port) ? port : otherwise;
}

/// <summary>What <c>up</c> was asked for.</summary>
internal sealed record UpSettings(int StudioPort, int PlatformPort, string Data, string? Database, bool Demo)
{
    public AppOptions For(int port) => new() { Url = new Uri($"http://localhost:{port}"), Data = Data, Database = Database, Demo = Demo };
}
