using Holdfast.Platform;
using Holdfast.Shell.Hosting;
using Holdfast.Studio;

namespace Holdfast.Cli.Up;

/// <summary>Runs one of the apps alone: on a machine of its own, or beside the other as a process of its own.</summary>
internal sealed class RunOne(UpSettings settings, TimeProvider clock)
{
    public async Task StudioAsync(CancellationToken stopping)
    {
        settings.Check(studio: true, platform: false);
        using var folder = DataFolder.Take(settings.Data, "studio");
        folder.KeepDemoHere(settings.Studio);
        await using var studio = StudioApp.Build(settings.Studio, clock);
        await studio.StartReadyAsync(stopping);
        await Announcement.StudioAsync(settings, studio);
        if (!await studio.HasTikTokAsync())
            await Console.Error.WriteLineAsync($"No TikTok app is set up, so no account can be connected. Register {StudioApp.ConnectRedirectUri(settings.Studio)} as its redirect URI and start again with {TikTokKeys.KeyVariable} and {TikTokKeys.SecretVariable} in the environment.");
        await Start.WaitAsync(stopping);
        await studio.StopAsync(CancellationToken.None);
    }

    public async Task PlatformAsync(CancellationToken stopping)
    {
        settings.Check(studio: false, platform: true);
        using var folder = DataFolder.Take(settings.Data, "platform");
        folder.KeepDemoHere(settings.Platform);
        var fitting = settings with { Demo = settings.Demo && settings.Platform.IsLoopback && folder.About is not { Demo: false } };
        await using var platform = PlatformApp.Build(fitting.Platform, clock);
        await platform.StartReadyAsync(stopping);
        folder.Write(folder.About ?? new About(TikTok: false, fitting.Demo));
        await PlatformApp.SeedDemoAsync(platform, stopping); // nothing without demo content
        await Announcement.PlatformAsync(settings, platform);
        await Start.WaitAsync(stopping);
        await platform.StopAsync(CancellationToken.None);
    }
}
