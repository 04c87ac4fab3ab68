using Holdfast.Platform.Authorize;

namespace Holdfast.Platform.Developers;

/// <summary>The form that connects an app: one redirect URI a line.</summary>
public sealed record NewAppForm
{
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "other";

    /// <summary>Id of the organization that shall own it; empty for the person.</summary>
    public string Owner { get; init; } = "";

    public string Web { get; init; } = "";
    public string Desktop { get; init; } = "";
    public IReadOnlyList<string> Scopes { get; init; } = ["user.info.basic", "video.list"];

    public static NewAppForm Read(IFormCollection form) => new()
    {
        Name = form["name"].ToString(),
        Kind = form["kind"].ToString() is { Length: > 0 } kind ? kind : "other",
        Owner = form["owner"].ToString(),
        Web = form["web"].ToString(),
        Desktop = form["desktop"].ToString(),
        Scopes = [.. form["scope"].OfType<string>()],
    };

    internal NewApp ToNewApp() => new(Name, [.. RedirectLines.Read(RedirectPlatform.Web, Web), .. RedirectLines.Read(RedirectPlatform.Desktop, Desktop)], Scopes) { Kind = Kind, OrganizationId = Owner.Length == 0 ? null : Owner };
}

/// <summary>Redirect URIs as a text area holds them.</summary>
internal static class RedirectLines
{
    public static IEnumerable<RegisteredRedirect> Read(RedirectPlatform platform, string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(uri => new RegisteredRedirect { Platform = platform, Uri = uri });
}
