using System.ComponentModel;
using System.Diagnostics;

namespace Holdfast.Cli.Authorize;

/// <summary>The person's own browser.</summary>
internal static class Browser
{
    /// <summary>Opens a page; false when this machine has no browser to open, so that the link is shown instead.</summary>
    public static bool TryOpen(Uri page)
    {
        try
        {
            if (OperatingSystem.IsWindows())
                return Process.Start(new ProcessStartInfo(page.AbsoluteUri) { UseShellExecute = true }) is not null;
            if (OperatingSystem.IsMacOS())
                return Start("open", page);
            var hasScreen = Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 } || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };
            return hasScreen && Start("xdg-open", page);
        }
        catch (Win32Exception)
        {
            // No such program.
            return false;
        }
    }

    private static bool Start(string program, Uri page)
    {
        // What the opener prints belongs to nobody's output.
        using var process = Process.Start(new ProcessStartInfo(program, [page.AbsoluteUri]) { RedirectStandardOutput = true, RedirectStandardError = true });
        return process is not null;
    }
}
