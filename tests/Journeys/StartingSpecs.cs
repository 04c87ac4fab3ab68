using System.Net;
using Holdfast.Journeys.Stage;

namespace Holdfast.Journeys;

/// <summary>Starting, refusing to start, stopping and starting again, as somebody at a terminal sees it.</summary>
public sealed class StartingSpecs
{
    private static readonly CancellationToken Cancelled = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Up_says_that_both_are_ready_and_then_who_can_sign_in()
    {
        await using var holdfast = await HoldfastProcess.UpAsync();
        var lines = await holdfast.LinesUntilAsync("Ctrl-C stops.");

        Assert.Equal([$"Studio ready at {holdfast.Studio}", $"Platform ready at {holdfast.Platform}"], lines.Take(2));
        Assert.Contains(lines, line => line.Contains("owner@example.test", StringComparison.Ordinal) && line.Contains("holdfast-demo-1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("ada", StringComparison.Ordinal) && line.Contains("platform-demo-1", StringComparison.Ordinal));
        Assert.Equal("ready", await Web.TextAsync(holdfast.Studio + "/health/ready"));
        Assert.Equal("ready", await Web.TextAsync(holdfast.Platform + "/health/ready"));

        Assert.Equal(0, await holdfast.StopAsync());
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Being_told_to_stop_is_no_failure_even_with_a_page_open(string signal)
    {
        await using var holdfast = await HoldfastProcess.EmptyAsync();
        using var page = await Web.Client.GetAsync(holdfast.Studio + "/setup", HttpCompletionOption.ResponseHeadersRead, Cancelled);

        Assert.Equal(0, await holdfast.StopAsync(signal));
    }

    [Fact]
    public async Task After_a_power_cut_the_next_start_finds_everything_again()
    {
        await using var first = await HoldfastProcess.EmptyAsync();
        var owner = await Web.SetUpAsync(first);
        await first.CutPowerAsync();

        await using var second = await HoldfastProcess.UpAsync(first.Data, first.StudioPort, first.PlatformPort);

        Assert.DoesNotContain(await second.LinesUntilAsync("Ctrl-C stops."), line => line.Contains("/setup", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Redirect, await Web.SignInAsync(second, owner));
    }

    [Fact]
    public async Task The_setup_link_makes_one_owner_and_no_second()
    {
        await using var holdfast = await HoldfastProcess.EmptyAsync();
        var link = (await holdfast.LinesUntilAsync("Ctrl-C stops.")).SelectMany(line => line.Split(' ')).Single(word => word.Contains("/setup?token=", StringComparison.Ordinal));

        await Web.SetUpAsync(holdfast);

        using var again = await Web.Client.GetAsync(link, Cancelled);
        Assert.Equal("/sign-in", again.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task A_folder_begun_without_the_demo_never_gets_its_people()
    {
        await using var first = await HoldfastProcess.EmptyAsync();
        await first.StopAsync();

        await using var second = await HoldfastProcess.UpAsync(first.Data, first.StudioPort, first.PlatformPort);

        Assert.DoesNotContain(await second.LinesUntilAsync("Ctrl-C stops."), line => line.Contains("owner@example.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_instance_on_the_same_data_is_refused_in_one_sentence()
    {
        await using var holdfast = await HoldfastProcess.EmptyAsync();

        await RefusesAsync("Another Holdfast is running on the data folder", ["up", "--data", holdfast.Data, .. Ports()]);
        await RefusesAsync("Another Holdfast is running on the data folder", ["reset", "--data", holdfast.Data, "--yes"]);
    }

    [Fact]
    public async Task A_port_in_use_is_refused_by_its_number()
    {
        await using var holdfast = await HoldfastProcess.EmptyAsync();
        var free = HoldfastProcess.FreePort();

        await RefusesAsync($"Port {holdfast.StudioPort} is in use by another program", ["up", "--no-demo", "--data", NewFolder(), "--studio-port", $"{holdfast.StudioPort}", "--platform-port", $"{free}"]);
        await RefusesAsync($"Port {holdfast.PlatformPort} is in use by another program", ["up", "--no-demo", "--data", NewFolder(), "--studio-port", $"{free}", "--platform-port", $"{holdfast.PlatformPort}"]);
    }

    [Fact]
    public async Task What_cannot_work_is_refused_in_one_sentence_that_says_what_to_do()
    {
        var file = Path.Combine(NewFolder(), "file");
        await File.WriteAllTextAsync(file, "", Cancelled);

        await RefusesAsync($"because {file} is a file", ["up", "--data", Path.Combine(file, "below"), .. Ports()]);
        if (OperatingSystem.IsLinux())
            await RefusesAsync("cannot be used", ["up", "--data", "/proc/holdfast", .. Ports()]);
        await RefusesAsync("a port from 1 to 65535, not \"many\"", ["up", "--studio-port", "many"]);
        await RefusesAsync("cannot both have port 7499", ["up", "--studio-port", "7499", "--platform-port", "7499"]);
        await RefusesAsync("add --studio-url", ["up", "--listen", "0.0.0.0", "--data", NewFolder()]);
        await RefusesAsync("plain http", ["up", "--listen", "0.0.0.0", "--studio-url", "http://studio.example.test", "--platform-url", "http://platform.example.test", "--data", NewFolder()]);
        await RefusesAsync("HOLDFAST_TikTok__ClientSecret", ["up", "--tiktok", "--data", NewFolder()]);
        await RefusesAsync("no PostgreSQL connection string", ["up", "--database", "Hots=1;Password=not-for-the-screen", "--data", NewFolder(), .. Ports()]);
        await RefusesAsync("--help", ["up", "--nonsense"]);
    }

    [Fact]
    public async Task Reset_deletes_the_demo_and_nothing_else()
    {
        var data = NewFolder();
        await File.WriteAllTextAsync(Path.Combine(data, "letter.txt"), "mine", Cancelled);
        await RefusesAsync("was not begun with demo content", ["reset", "--data", data, "--yes"]);

        await File.WriteAllTextAsync(Path.Combine(data, "holdfast.json"), """{"tikTok":false,"demo":true}""", Cancelled);
        await File.WriteAllTextAsync(Path.Combine(data, "studio.db"), "", Cancelled);
        var (declined, _, _) = await HoldfastProcess.RunAsync(["reset", "--data", data], input: "n\n");
        Assert.NotEqual(0, declined);
        Assert.True(File.Exists(Path.Combine(data, "studio.db")));

        var (done, _, errors) = await HoldfastProcess.RunAsync(["reset", "--data", data, "--yes"]);
        Assert.True(done == 0, errors);
        Assert.Equal(["letter.txt"], Directory.EnumerateFileSystemEntries(data).Select(Path.GetFileName));
    }

    private static async Task RefusesAsync(string sentence, string[] arguments)
    {
        var (code, output, errors) = await HoldfastProcess.RunAsync(arguments);
        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.DoesNotContain("not-for-the-screen", errors, StringComparison.Ordinal);
    }

    private static string[] Ports() => ["--studio-port", $"{HoldfastProcess.FreePort()}", "--platform-port", $"{HoldfastProcess.FreePort()}"];

    private static string NewFolder() => Directory.CreateTempSubdirectory("holdfast-start").FullName;
}
