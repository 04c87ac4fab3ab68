using System.Data.Common;
using Holdfast.Cli.Up;
using Holdfast.Platform;
using Holdfast.Shell.Hosting;
using Holdfast.Studio;

namespace Holdfast.Cli.Doctor;

/// <summary>One round through everything, from the ground up: what fails below explains what fails above.</summary>
/// <param name="configure">Replaces services of the apps, for specs.</param>
internal sealed class RunDoctor(DoctorSettings settings, IConfiguration configuration, Terminal terminal, TimeProvider clock, Action<WebApplicationBuilder>? configure = null)
{
    private readonly List<Check> checks = [];

    private UpSettings up = settings.Up;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var about = ReadAbout();
        // The folder remembers what it is for.
        up = up with { TikTok = up.TikTok || about is { TikTok: true }, Demo = about is { Demo: true } && up.IsLocal };
        var (running, hasPlatform) = await RunningChecks.OfAsync(up, clock, stopping);
        if (settings.Problem is null)
        {
            checks.AddRange(SettingsChecks.Of(up, configuration));
            checks.AddRange(FolderChecks.Of(up.Data, clock));
            checks.AddRange(running);
            checks.AddRange(await MailChecks.OfAsync(configuration, settings.SendTest, clock, stopping));
        }
        AddAll(KeyChecks.Of(up.Data, configuration));
        await StudioAsync(hasPlatform, stopping);
        if (settings.Problem is null && !up.TikTok)
            await PlatformAsync(stopping);
        return DoctorOutput.Write(terminal, settings, checks);
    }

    private async Task StudioAsync(bool hasPlatform, CancellationToken stopping)
    {
        if (Open("studio", StudioApp.Build, up.Studio) is not { } studio)
            return;
        await using (studio)
        {
            var isSound = AddAll(await DatabaseChecks.OfAsync("studio", studio, clock, stopping));
            if (isSound && KeyChecks.AreThere(up.Data, configuration))
                checks.AddRange(await new StudioChecks(studio, up, clock).RunAsync(settings.Problem, hasPlatform, stopping));
        }
    }

    private async Task PlatformAsync(CancellationToken stopping)
    {
        if (Open("platform", PlatformApp.Build, up.Platform) is not { } platform)
            return;
        await using (platform)
            AddAll(await DatabaseChecks.OfAsync("platform", platform, clock, stopping));
    }

    /// <summary>The app as it would run, not started; <c>null</c> where it has never run, because opening would make what is not there.</summary>
    private WebApplication? Open(string name, Func<AppOptions, TimeProvider, Action<WebApplicationBuilder>?, WebApplication> build, AppOptions options)
    {
        if (!Directory.Exists(up.Data) || (up.Database is null && !File.Exists(Path.Combine(up.Data, name + ".db"))))
        {
            checks.Add(Check.Warn("database", $"{name} has no database yet in {up.Data}.", "Start it once with the same --data: holdfast up makes it."));
            return null;
        }
        try
        {
            return build(options, clock, builder =>
            {
                builder.Logging.ClearProviders();
                if (!up.TikTok)
                    builder.Configuration["TikTok:ClientKey"] = ""; // as up does: keys of a TikTok app do not belong to the Platform
                configure?.Invoke(builder);
            });
        }
        catch (StartupException refused)
        {
            checks.Add(Check.Fail("settings", refused.Message, $"{name} would not start like this. Change the setting it names."));
            return null;
        }
        catch (DbException refused)
        {
            checks.Add(DatabaseChecks.Refused(name, refused));
            return null;
        }
    }

    private About? ReadAbout()
    {
        try
        {
            return DataFolder.ReadAbout(up.Data);
        }
        catch (Exception damaged) when (damaged is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            return null; // the folder's own check tells
        }
    }

    private bool AddAll(IEnumerable<Check> found)
    {
        var all = found.ToList();
        checks.AddRange(settings.Problem is null ? all : all.Where(check => check.State is not CheckState.Ok));
        return all.TrueForAll(check => check.State is not CheckState.Fail);
    }
}
