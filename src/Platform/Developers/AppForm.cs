using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers;

/// <summary>An app's fields as the form holds them: one redirect URI a line.</summary>
public sealed record AppForm
{
    public string Name { get; init; } = "";
    public string Web { get; init; } = "";
    public string Desktop { get; init; } = "";
    public IReadOnlyList<string> Scopes { get; init; } = [];

    public static AppForm Read(IFormCollection form) =>
        new() { Name = form["name"].ToString(), Web = form["web"].ToString(), Desktop = form["desktop"].ToString(), Scopes = [.. form["scope"].OfType<string>()] };

    internal static AppForm Of(AppDetail app) => new()
    {
        Name = app.App.Name,
        Web = Lines(app, RedirectPlatform.Web),
        Desktop = Lines(app, RedirectPlatform.Desktop),
        Scopes = app.Scopes,
    };

    internal NewApp ToNewApp() => new(Name, [.. Redirects(RedirectPlatform.Web, Web), .. Redirects(RedirectPlatform.Desktop, Desktop)], Scopes);

    private static string Lines(AppDetail app, RedirectPlatform platform) =>
        string.Join('\n', app.Redirects.Where(redirect => redirect.Platform == platform).Select(redirect => redirect.Uri));

    private static IEnumerable<RegisteredRedirect> Redirects(RedirectPlatform platform, string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(uri => new RegisteredRedirect { Platform = platform, Uri = uri });
}
