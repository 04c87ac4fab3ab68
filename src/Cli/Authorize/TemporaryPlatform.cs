using Holdfast.Platform;
using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Authorize;

/// <summary>A Platform with demo content that lives as long as this command and leaves nothing behind.</summary>
internal sealed class TemporaryPlatform : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string folder;

    private TemporaryPlatform(WebApplication app, string folder) => (this.app, this.folder) = (app, folder);

    /// <exception cref="StartupException">It cannot start; the message says why.</exception>
    public static async Task<TemporaryPlatform> StartAsync(Uri url, TimeProvider clock, CancellationToken stopping)
    {
        var folder = Directory.CreateTempSubdirectory("holdfast-").FullName;
        var platform = new TemporaryPlatform(PlatformApp.Build(new AppOptions { Url = url, Data = folder, Demo = true }, clock), folder);
        try
        {
            await platform.app.StartReadyAsync(stopping);
            await PlatformApp.SeedDemoAsync(platform.app, stopping);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A file still open somewhere; the system clears its temporary folder by itself.
        }
    }
}
