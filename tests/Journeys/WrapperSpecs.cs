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

    [Theory]
    [InlineData("10.0.100", 1)]
    [InlineData("11.0.100", 127)]
    public async Task The_sdk_that_the_printed_line_put_into_the_home_folder_is_found(string version, int expected)
    {
        var (code, _, errors) = await RunAsync(
            "#!/usr/bin/env bash\necho '11.0.100 [/usr/share/dotnet/sdk]'\n",
            $"#!/usr/bin/env bash\n[ \"$1\" = --list-sdks ] && {{ echo '{version} [/x]'; exit; }}\necho 'from the home folder'\nexit 1\n");

        Assert.Equal(expected, code);
        Assert.Equal(expected == 1, errors.Contains("from the home folder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_list_of_sdks_hides_none()
    {
        var (_, _, errors) = await RunAsync(
            "#!/usr/bin/env bash\n[ \"$1\" = --list-sdks ] || { echo 'built'; exit 1; }\necho '10.0.100 [/x]'\nfor ((number = 0; number < 2000; number++)); do echo \"11.0.$number [/x]\" || exit 1; done\n");

        Assert.Contains("built", errors, StringComparison.Ordinal);
    }

    /// <param name="dotnet">A script that stands in for dotnet; <c>null</c> for a machine without.</param>
    /// <param name="atHome">Another one in the home folder.</param>
    private static async Task<(int Code, string Output, string Errors)> RunAsync(string? dotnet = null, string? atHome = null)
    {
        var folder = Directory.CreateTempSubdirectory("holdfast-wrapper").FullName;
        File.Copy(Path.Combine(Repository.Root, "holdfast"), Path.Combine(folder, "holdfast"));
        var bin = Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName;
        foreach (var tool in Tools)
            File.CreateSymbolicLink(Path.Combine(bin, tool), Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(place => Path.Combine(place, tool)).First(File.Exists));
        await InstallAsync(bin, dotnet);
        await InstallAsync(Path.Combine(folder, ".dotnet"), atHome);

        using var process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "holdfast"), ["up"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PATH"] = bin, ["HOME"] = folder },
        })!; // a start that fails throws
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private static async Task InstallAsync(string folder, string? dotnet)
    {
        if (dotnet is null || OperatingSystem.IsWindows())
            return;
        var path = Path.Combine(Directory.CreateDirectory(folder).FullName, "dotnet");
        await File.WriteAllTextAsync(path, dotnet, TestContext.Current.CancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }
}
