using System.Diagnostics;
using Holdfast.Journeys.Stage;

namespace Holdfast.Journeys;

/// <summary>The shell script that somebody runs first, on a machine that lacks something.</summary>
public sealed class WrapperSpecs
{
    private static readonly string[] Tools = ["bash", "env", "uname", "find", "mktemp", "dirname", "readlink", "mkdir", "mv", "rm", "grep"];

    [Fact]
    public async Task Without_the_sdk_it_prints_the_line_that_installs_it()
    {
        var (code, output, errors) = await RunAsync();

        Assert.Equal(127, code);
        Assert.Equal("", output);
        Assert.Contains("Holdfast needs the .NET SDK 10", errors, StringComparison.Ordinal);
        Assert.Contains("dotnet", errors.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_another_sdk_it_says_the_same()
    {
        var (code, _, errors) = await RunAsync("#!/usr/bin/env bash\necho '8.0.404 [/usr/share/dotnet/sdk]'\necho '11.0.100 [/usr/share/dotnet/sdk]'\n");

        Assert.Equal(127, code);
        Assert.Contains("Holdfast needs the .NET SDK 10", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_build_that_fails_starts_nothing()
    {
        var (code, output, errors) = await RunAsync("#!/usr/bin/env bash\n[ \"$1\" = --list-sdks ] && { echo '10.0.100 [/x]'; exit; }\necho 'error CS0000: broken'\nexit 1\n");

        Assert.Equal(1, code);
        Assert.Equal("", output);
        Assert.Contains("error CS0000: broken", errors, StringComparison.Ordinal);
        Assert.Contains("The build failed; nothing was started.", errors, StringComparison.Ordinal);
    }

    /// <param name="dotnet">A script that stands in for dotnet; <c>null</c> for a machine without.</param>
    private static async Task<(int Code, string Output, string Errors)> RunAsync(string? dotnet = null)
    {
        var folder = Directory.CreateTempSubdirectory("holdfast-wrapper").FullName;
        File.Copy(Path.Combine(Repository.Root, "holdfast"), Path.Combine(folder, "holdfast"));
        var bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        foreach (var tool in Tools)
            File.CreateSymbolicLink(Path.Combine(bin, tool), Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, tool)).First(File.Exists));
        if (dotnet is not null && !OperatingSystem.IsWindows())
        {
            await File.WriteAllTextAsync(Path.Combine(bin, "dotnet"), dotnet, TestContext.Current.CancellationToken);
            File.SetUnixFileMode(Path.Combine(bin, "dotnet"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "holdfast"), ["up"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PATH"] = bin },
        })!; // a start that fails throws
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }
}
