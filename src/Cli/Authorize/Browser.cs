using System.ComponentModel;
using System.Diagnostics;

namespace Holdfast.Cli.Authorize;

/// <summary>The person's own browser.</summary>
internal static class Browser
{
    // In a session of its own where there is the tool for it, or the Ctrl-C that ends this command would close a browser that it had to start;
    // and with no hand on our input and output, or the browser would lose its own when this command ends.
    private const string Detached =
        """if command -v setsid >/dev/null 2>&1; then exec setsid "$0" "$1"; else exec "$0" "$1"; fi </dev/null >/dev/null 2>&1""";

    /// <summary>Opens a page; false when this machine has no browser to open, so that the link is shown instead.</summary>
    /// <param name="environment">BROWSER names a program to use; without it a desktop (DISPLAY, WAYLAND_DISPLAY) has xdg-open.</param>
    public static bool TryOpen(Uri page, Func<string, string?> environment)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                using var shell = Process.Start(new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true });
                return true; // null when a browser that was open took the page
            }

            return Opener(environment) is { } opener && Start(opener, page);
        }
        catch (Win32Exception)
        {
            // No such program.
            return false;
        }
    }

    private static string? Opener(Func<string, string?> environment)
    {
        // The variable is a list, and may hold whole command lines; those are left to xdg-open.
        if ((environment("BROWSER") ?? "").Split(':').Select(name => OnPath(name, environment)).FirstOrDefault(found => found is not null) is { } own)
            return own;
        if (OperatingSystem.IsMacOS())
            return OnPath("open", environment);
        var hasScreen = environment("DISPLAY") is { Length: > 0 } || environment("WAYLAND_DISPLAY") is { Length: > 0 };
        return hasScreen ? OnPath("xdg-open", environment) : null;
    }

    private static string? OnPath(string name, Func<string, string?> environment) => name.Length == 0 ? null
        : (environment("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static bool Start(string program, Uri page)
    {
        using var process = Process.Start("/bin/sh", ["-c", Detached, program, page.AbsoluteUri]);
        return process is not null;
    }
}
