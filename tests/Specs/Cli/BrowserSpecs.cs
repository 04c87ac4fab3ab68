using System.Globalization;
using Holdfast.Cli;
using Holdfast.Cli.Authorize;
using Holdfast.Storage;

namespace Holdfast.Specs.Cli;

/// <summary>Opening the person's browser, with programs that write down what they were asked.</summary>
public sealed class BrowserSpecs : IAsyncLifetime
{
    private static readonly Uri Page = new("https://www.tiktok.com/v2/auth/authorize/?client_key=aw1&scope=a%2Cb&state=%27%24(id)%27");
    private readonly string folder = Directory.CreateTempSubdirectory("holdfast-browser").FullName;
    private readonly Dictionary<string, string> environment = [];
    private readonly StringWriter result = new();
    private readonly Talk talk = new();
    private FakeTikTok tiktok = null!; // set before every spec

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The system's shell opens pages there.");
        environment["PATH"] = $"/nowhere:{folder}";
        tiktok = await FakeTikTok.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (tiktok is not null)
            await tiktok.DisposeAsync();
        await result.DisposeAsync();
        await talk.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("DISPLAY", ":7", "xdg-open")]
    [InlineData("WAYLAND_DISPLAY", "wayland-0", "xdg-open")]
    [InlineData("BROWSER", "nothing-here:my-browser", "my-browser")]
    public async Task The_page_reaches_the_browser_as_one_argument(string variable, string value, string program)
    {
        Assert.SkipWhen(OperatingSystem.IsMacOS() && program == "xdg-open", "open does it there.");
        Install(program);
        environment[variable] = value;
        Assert.True(Browser.TryOpen(Page, environment.GetValueOrDefault));
        Assert.Equal($"1 {Page.AbsoluteUri}", (await WrittenAsync(program))[0]);
    }

    [Fact]
    public async Task The_browser_has_a_session_of_its_own_so_that_ctrl_c_here_does_not_close_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists("/usr/bin/setsid"), "Needs setsid and /proc.");
        Install("my-browser");
        environment["BROWSER"] = "my-browser";
        Assert.True(Browser.TryOpen(Page, environment.GetValueOrDefault));
        var written = await WrittenAsync("my-browser");
        Assert.NotEqual(Session(await File.ReadAllTextAsync("/proc/self/stat", TestContext.Current.CancellationToken)), Session(written[1]));
        Assert.Equal("/dev/null /dev/null /dev/null", written[2].Trim());
    }

    [Fact]
    public void Without_a_screen_or_a_program_nothing_is_opened()
    {
        Install("xdg-open");
        Assert.False(Browser.TryOpen(Page, environment.GetValueOrDefault));
        environment["PATH"] = "/nowhere";
        environment["DISPLAY"] = ":7";
        environment["BROWSER"] = "my-browser --new-window %s";
        Assert.False(Browser.TryOpen(Page, environment.GetValueOrDefault));
    }

    [Fact]
    public async Task A_sign_in_goes_through_the_browser_it_opened()
    {
        Install("my-browser");
        environment["BROWSER"] = "my-browser";
        var running = new RunAuthorize(TestClock.System, new SystemSecrets(), new Terminal(TextReader.Null, result, talk, isInteractive: false), environment.GetValueOrDefault)
            .RunAsync(new() { PlatformUrl = tiktok.Address }, TestContext.Current.CancellationToken);
        using var http = new HttpClient(new HttpClientHandler());
        using var page = await http.GetAsync(new Uri((await WrittenAsync("my-browser"))[0][2..]), TestContext.Current.CancellationToken);
        Assert.Equal(ExitCode.Done, await running);
        Assert.Contains("Your browser opens.", talk.ToString(), StringComparison.Ordinal);
    }

    // proc(5): after the name in brackets come state, parent, group and session.
    private static string Session(string stat) => stat.Split(") ")[1].Split(' ')[3];

    // Moved into place when it is whole.
    private void Install(string program)
    {
        var path = Path.Combine(folder, program);
        File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $$"""
            #!/bin/sh
            cd '{{folder}}'
            ends=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2 | tr '\n' ' ')
            { echo "$# $1"; cat /proc/$$/stat; echo "$ends"; } >{{program}}.part
            mv {{program}}.part {{program}}.said
            """));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private async Task<string[]> WrittenAsync(string program)
    {
        var file = Path.Combine(folder, program + ".said");
        while (!File.Exists(file))
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, TestContext.Current.CancellationToken);
        return await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
    }
}
