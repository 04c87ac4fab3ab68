using Holdfast.Platform.Developers;
using Holdfast.Studio;
using Holdfast.Studio.Accounts;

namespace Holdfast.Cli.Up;

/// <summary>Makes Studio an app of the Platform beside it, as a developer would in the portal, and keeps it one when ports or databases change.</summary>
internal static class Introduction
{
    public const string AppName = "Holdfast Studio";

    private const string Owner = "holdfast";
    private const string Icon = "holdfast-studio.svg";

    public static async Task MakeAsync(WebApplication studio, WebApplication platform, UpSettings settings, CancellationToken stopping)
    {
        var endpoints = settings.PlatformFromStudio;
        var known = await studio.StoredTikTokAsync();
        // Key and secret go from hand to hand in this process: no argument, no file, no log.
        if (await platform.KeepAppAsync(Owner, AppName, StudioApp.ConnectRedirectUri(settings.Studio), known?.ClientKey, Icon, Callback(settings), stopping) is { } fresh)
            await studio.ConfigureTikTokAsync(endpoints, fresh.ClientKey, fresh.ClientSecret);
        else if (known!.Endpoints != endpoints) // a key that is kept was known
            await studio.MoveTikTokAsync(endpoints);
    }

    /// <summary>Where the Platform can tell Studio what happened: on this machine, or over https. Without it Studio finds out by looking.</summary>
    private static string? Callback(UpSettings settings) =>
        settings.IsLocal || settings.Studio.Url.Scheme == Uri.UriSchemeHttps ? StudioApp.WebhookUrl(settings.Studio) : null;
}
