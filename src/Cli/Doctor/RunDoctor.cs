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
    private UpSettings up = settings.Up;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(CancellationToken stopping)
    {
        var about = ReadAbout();
        // The folder remembers what it is for.
        up = up with { TikTok = up.TikTok || about is { TikTok: true }, Demo = about is { Demo: true } && up.IsLocal };
        var round = new Round(stopping);
        if (settings.Problem is null)
        {
            await round.LookAsync("settings", () => SettingsChecks.Of(up, configuration));
            await round.LookAsync("data", () => FolderChecks.Of(up.Data, clock));
        }
        var hasPlatform = false;
        await round.LookAsync("studio", async () =>
        {
            (var running, hasPlatform) = await RunningChecks.OfAsync(up, clock, stopping);
            return settings.Problem is null ? running : [];
        });
        if (settings.Problem is null)
        {
            await round.LookAsync("media", async () => await MediaChecks.OfAsync(configuration, up, clock, stopping));
            await round.LookAsync("mail", async () => await MailChecks.OfAsync(configuration, HasLocalMail, settings.SendTest, clock, stopping));
        }
        await round.LookAsync("keys", () => Told(KeyChecks.Of(up.Data, configuration)));
        await WithAppAsync(round, "studio", StudioApp.Build, up.Studio, async studio =>
        {
            if (KeyChecks.AreThere(up.Data, configuration))
                await new StudioChecks(studio, up, clock).RunAsync(round, settings.Problem, hasPlatform, stopping);
        }, stopping);
        if (settings.Problem is null && !up.TikTok)
            await WithAppAsync(round, "platform", PlatformApp.Build, up.Platform, _ => Task.CompletedTask, stopping);
        return DoctorOutput.Write(terminal, settings, round.Found);
    }

    /// <summary>Letters that no mail server takes are kept where nobody else reaches the app, and nowhere else.</summary>
    private bool HasLocalMail => up.Studio.IsLoopback && (up.TikTok || up.Platform.IsLoopback);

    /// <summary>Opens an app and looks at its database; with a sound one there is more to look at.</summary>
    private async Task WithAppAsync(
        Round round, string name, Func<AppOptions, TimeProvider, Action<WebApplicationBuilder>?, WebApplication> build, AppOptions options, Func<WebApplication, Task> more, CancellationToken stopping)
    {
        WebApplication? app = null;
        try
        {
            var isSound = await round.LookAsync(name, async () =>
            {
                (app, var refused) = Open(name, build, options);
                return app is null ? refused : Told(await DatabaseChecks.OfAsync(name, app, clock, stopping));
            });
            if (isSound && app is not null)
                await more(app);
        }
        finally
        {
            if (app is not null)
                await app.DisposeAsync();
        }
    }

    /// <summary>The app as it would run, not started; <c>null</c> where it has never run, because opening would make what is not there.</summary>
    private (WebApplication? App, IEnumerable<Check> Refused) Open(string name, Func<AppOptions, TimeProvider, Action<WebApplicationBuilder>?, WebApplication> build, AppOptions options)
    {
        if (DatabaseChecks.Missing(name, up) is { } missing)
            return (null, [missing]);
        try
        {
            return (build(options, clock, builder =>
            {
                builder.Logging.ClearProviders();
                if (!up.TikTok)
                    builder.Configuration["TikTok:ClientKey"] = ""; // as up does: keys of a TikTok app do not belong to the Platform
                configure?.Invoke(builder);
            }), []);
        }
        catch (StartupException refused)
        {
            return (null, [Check.Fail("settings", refused.Message, $"{name} would not start like this. Change the setting it names.")]);
        }
        catch (DbException refused)
        {
            return (null, [DatabaseChecks.Refused(name, refused)]);
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

    /// <summary>Asked about one problem, the ground it stands on is told where it is not sound.</summary>
    private IEnumerable<Check> Told(IEnumerable<Check> found) => settings.Problem is null ? found : found.Where(check => check.State is not CheckState.Ok);
}
