using Holdfast.Platform;
using Holdfast.Studio;

namespace Holdfast.Cli.Up;

/// <summary>What stands on stdout once everything is ready, and nothing before.</summary>
internal static class Announcement
{
    public static async Task WriteAsync(UpSettings settings, WebApplication studio, WebApplication? platform, bool isSeeded)
    {
        var token = await studio.SetupTokenAsync();
        var lines = new List<string> { $"Studio ready at {settings.Studio.At("")}" };
        if (!settings.TikTok)
            lines.Add($"Platform ready at {settings.Platform.At("")}");
        lines.Add("");
        if (token is not null)
            lines.Add(SetUp(settings, token));
        else if (settings is { Demo: true, Studio.IsLoopback: true })
            lines.AddRange(DemoSignIns(settings, isSeeded));
        lines.AddRange(ConsoleLine(platform));
        if (settings.TikTok)
            lines.Add($"Redirect URI to register at TikTok ({TikTokKeys.RedirectKind(settings)}): {StudioApp.ConnectRedirectUri(settings.Studio)}");
        lines.Add("Ctrl-C stops.");
        await WriteAsync(lines);
    }

    public static async Task StudioAsync(UpSettings settings, WebApplication studio) => await WriteAsync(
        await studio.SetupTokenAsync() is { } token
            ? [$"Studio ready at {settings.Studio.At("")}", "", SetUp(settings, token), "Ctrl-C stops."]
            : [$"Studio ready at {settings.Studio.At("")}", "", "Ctrl-C stops."]);

    public static Task PlatformAsync(UpSettings settings, WebApplication platform) => WriteAsync([$"Platform ready at {settings.Platform.At("")}", "", .. ConsoleLine(platform), "Ctrl-C stops."]);

    private static IEnumerable<string> ConsoleLine(WebApplication? platform) => platform is not null && PlatformApp.ConsoleAddress(platform) is { } address ? [$"Console: {address}"] : [];

    private static string SetUp(UpSettings settings, string token) => $"Open {settings.Studio.At("/setup")}?token={token} to make the first owner. The link is good until there is one.";

    private static IEnumerable<string> DemoSignIns(UpSettings settings, bool isSeeded) =>
    [
        $"Open {settings.Studio.At("")} and sign in as owner@example.test, password holdfast-demo-1.",
        $"Then connect an account: ada at the Platform, password platform-demo-1.{(isSeeded ? " (bruno and chidi came before you.)" : "")}",
        $"Developers: sign in at {settings.Platform.At("/developers")} as dev@example.test, password platform-demo-1.",
    ];

    // In one piece: whoever waits for the ready lines has them all.
    private static async Task WriteAsync(IEnumerable<string> lines)
    {
        await Console.Out.WriteLineAsync(string.Join(Environment.NewLine, lines));
        await Console.Out.FlushAsync();
    }
}
