using System.Globalization;
using Holdfast.Shell.Hosting;

namespace Holdfast.Cli.Authorize;

/// <summary>Where the browser is sent back to.</summary>
/// <param name="Host"><c>127.0.0.1</c> or <c>localhost</c> as registered (TikTok does not take one for the other); another host is somebody else's.</param>
/// <param name="Port">0 takes a free port.</param>
/// <param name="Path">Exactly as registered, trailing slash included.</param>
internal sealed record RedirectTarget(string Scheme, string Host, int Port, string Path)
{
    private const int PasteDefaultPort = 3455;

    /// <summary>The URI as it was given, when nothing in it is left open.</summary>
    private string? Written { get; init; }

    public bool CanListen => Scheme == Uri.UriSchemeHttp && Host is "127.0.0.1" or "localhost";

    /// <summary>What to register; with the port left open, so that any free one works.</summary>
    public string ToRegister => Written ?? (Port == 0 ? $"{Scheme}://{Host}:*{Path}" : At(Port));

    public string At(int port) => Written ?? string.Create(CultureInfo.InvariantCulture, $"{Scheme}://{Host}:{port}{Path}");

    /// <exception cref="StartupException">The URI cannot be used; the message says why.</exception>
    public static RedirectTarget For(AuthorizeSettings settings)
    {
        var port = settings.Port ?? (settings.Paste ? PasteDefaultPort : 0);
        if (settings.RedirectUri is not { } text)
            return new("http", "127.0.0.1", port, "/callback/");

        // The wildcard is TikTok's way to register a port, not part of a URI.
        var isAnyPort = text.Contains(":*/", StringComparison.Ordinal);
        if (!Uri.TryCreate(isAnyPort ? text.Replace(":*/", ":1/", StringComparison.Ordinal) : text, UriKind.Absolute, out var uri)
            || uri.Scheme is not ("http" or "https") || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new StartupException("--redirect-uri takes an absolute address without query and fragment, exactly as it is registered, for example http://127.0.0.1:3455/callback/.");
        }

        if (!isAnyPort && settings.Port is { } other && other != uri.Port)
            throw new StartupException($"--port {other} and the port in --redirect-uri differ. Leave --port out, or write * for the port: http://127.0.0.1:*/callback/.");
        var target = new RedirectTarget(uri.Scheme, uri.Host, isAnyPort ? port : uri.Port, PathOf(text)) { Written = isAnyPort ? null : text };
        return target.CanListen || settings.Paste
            ? target
            : throw new StartupException($"This command cannot listen at {text}; it listens on http://127.0.0.1 and http://localhost only. Add --paste and paste the address the browser ends up at.");
    }

    // As typed: a URI class would add the slash that the registered text may lack.
    private static string PathOf(string text)
    {
        var slash = text.IndexOf('/', text.IndexOf("://", StringComparison.Ordinal) + 3);
        return slash < 0 ? "" : text[slash..];
    }
}
