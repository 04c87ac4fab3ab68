using System.CommandLine;
using Holdfast.Cli.Up;
using Holdfast.Domain.Trouble;
using Holdfast.Studio.Help.Trouble;

namespace Holdfast.Cli.Doctor;

/// <summary><c>holdfast doctor</c>: looks at everything an installation stands on, and names the cause and the next step.</summary>
internal static class DoctorCommand
{
    private static readonly string[] Problems = [.. Enum.GetValues<Problem>().Select(problem => problem.Slug())];

    public static Command Create(TimeProvider clock, Terminal terminal)
    {
        var options = new UpOptions();
        var problem = new Argument<string?>("problem")
        {
            Description = $"One of the four problems people have with connecting: {string.Join(", ", Problems)}. Without it everything is looked at.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        problem.Validators.Add(result =>
        {
            if (result.Tokens is [var given, ..] && !Problems.Contains(given.Value))
                result.AddError($"doctor looks at {string.Join(", ", Problems)} or, without one of them, at everything; not at \"{given.Value}\".");
        });
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var sendTest = new Option<string?>("--send-test") { Description = "Also send a test letter to this address." };
        var command = new Command(
            "doctor",
            "Look at configuration, database, keys, disk, mail, clock, TikTok and connections, while Studio runs or when it does not, and say what is wrong and what to do. "
            + "Start it with the options that up is started with. Nothing is changed and no secret is shown. Exit codes: 0 nothing stands in the way, 1 cannot run, 2 something does.")
        {
            problem, json, sendTest,
        };
        foreach (var option in options.OfDoctor)
            command.Options.Add(option);
        command.SetAction(async (parsed, stopping) =>
        {
            var asked = parsed.GetValue(problem) is { } slug ? Enum.GetValues<Problem>().First(one => one.Slug() == slug) : (Problem?)null;
            var settings = new DoctorSettings(options.Read(parsed), asked, parsed.GetValue(json), parsed.GetValue(sendTest));
            var configuration = new ConfigurationBuilder().AddEnvironmentVariables("HOLDFAST_").Build();
            return await new RunDoctor(settings, configuration, terminal, clock).RunAsync(stopping);
        });
        return command;
    }
}
