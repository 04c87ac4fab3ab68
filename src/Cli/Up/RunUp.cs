using Holdfast.Cli.Demo;
using Holdfast.Platform;
using Holdfast.Shell.Hosting;
using Holdfast.Studio;

namespace Holdfast.Cli.Up;

/// <summary>Starts both apps in this process, introduces them to each other, says when they are ready, and stops them together.</summary>
internal sealed class RunUp(UpSettings asked, TimeProvider clock)
{
    /// <summary>How long the ready lines wait for the demo, which takes ten seconds where nothing was cut off; it goes on behind them.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly Hush hush = new();

    /// <exception cref="StartupException">It cannot start; the message tells the person what to do.</exception>
    public async Task RunAsync(CancellationToken stopping)
    {
        asked.Check(studio: true, platform: !asked.TikTok);
        if (asked.TikTok)
            TikTokKeys.Check(asked);
        CheckPorts();
        using var folder = DataFolder.Take(asked.Data, "studio", "platform");
        folder.KeepDemoHere(asked.Studio, asked.Platform);
        var settings = Fit(folder);

        await using var platform = settings.TikTok ? null : PlatformApp.Build(settings.Platform, clock, hush.Over);
        await using var studio = StudioApp.Build(settings.Studio, clock, builder =>
        {
            hush.Over(builder);
            // Keys of a TikTok app that happen to be in the environment do not belong to the Platform.
            if (!settings.TikTok)
                builder.Configuration["TikTok:ClientKey"] = "";
        });
        if (platform is not null)
        {
            await platform.StartReadyAsync(stopping);
            await studio.MigrateAsync();
            await Introduction.MakeAsync(studio, platform, settings, stopping);
        }
        await studio.StartReadyAsync(stopping);
        folder.Write(folder.About ?? new About(settings.TikTok, settings.Demo));
        var seeding = platform is not null && settings.Demo ? await BeginDemoAsync(SeedAsync(folder, settings, studio, platform, stopping), stopping) : Task.CompletedTask;
        await Announcement.WriteAsync(settings, studio, platform, folder.About is { IsSeeded: true });

        await Start.WaitAsync(stopping);
        await seeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // told to stop as well; the next start goes on with it
        await studio.StopAsync(CancellationToken.None);
        if (platform is not null)
            await platform.StopAsync(CancellationToken.None);
    }

    /// <summary>A folder that is not there is not made for a start that is refused. Where it is there, whoever runs on it already is told first.</summary>
    private void CheckPorts()
    {
        if (Directory.Exists(asked.Data))
            return;
        AppBuilder.CheckPort(StudioApp.Identity, asked.Studio);
        if (!asked.TikTok)
            AppBuilder.CheckPort(PlatformApp.Identity, asked.Platform);
    }

    /// <summary>Waits for the demo as long as a person likes to.</summary>
    /// <returns>What still runs behind the ready lines.</returns>
    private async Task<Task> BeginDemoAsync(Task seeding, CancellationToken stopping)
    {
        await Task.WhenAny(seeding, Task.Delay(Patience, clock, stopping));
        hush.IsOn = false;
        if (seeding.IsCompleted || stopping.IsCancellationRequested)
            await seeding;
        else
            await Console.Error.WriteLineAsync("The demo is not complete yet: it goes on while you look around.");
        return seeding;
    }

    private async Task SeedAsync(DataFolder folder, UpSettings settings, WebApplication studio, WebApplication platform, CancellationToken stopping)
    {
        var isLost = await studio.SetupTokenAsync() is not null; // whatever the folder says, this Studio is empty
        await PlatformApp.SeedDemoAsync(platform, stopping);
        await studio.SeedDemoAsync();
        if (folder.About is { IsSeeded: true } && !isLost)
            return;
        await Console.Error.WriteLineAsync("Filling the demo: two people connect their accounts and publish their first videos …");
        hush.IsOn = true;
        var told = await new SeedDemo(settings.Studio.At(""), settings.Platform.At(""), clock).RunAsync(stopping);
        if (stopping.IsCancellationRequested)
            return;
        if (told is { } trouble)
            await Console.Error.WriteLineAsync($"The demo is not complete: {trouble}. Everything else works, and the next start goes on with it.");
        else
            folder.Write(folder.About! with { IsSeeded = true }); // written at every start
    }

    /// <summary>The folder remembers what it is for, and a word on the command line does not change that.</summary>
    private UpSettings Fit(DataFolder folder) => folder.About switch
    {
        { TikTok: true } when !asked.TikTok => throw new StartupException($"The data folder {folder.Path} holds accounts of TikTok itself. Start it with --tiktok, or choose another folder with --data."),
        { TikTok: false } when asked.TikTok => throw new StartupException($"The data folder {folder.Path} holds accounts of the Platform, which TikTok does not know. Choose another folder with --data."),
        // Demo people have known passwords: they never come to a folder that somebody set up for real, nor to one that is begun for others to reach.
        { Demo: false } => asked with { Demo = false },
        _ => asked with { Demo = asked.Demo && asked.IsLocal },
    };
}
