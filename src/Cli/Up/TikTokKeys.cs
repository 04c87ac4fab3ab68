using Holdfast.Shell.Hosting;
using Holdfast.Studio;

namespace Holdfast.Cli.Up;

/// <summary>The app at TikTok comes from the environment: what stands on a command line, every program on the machine can read.</summary>
internal static class TikTokKeys
{
    public const string KeyVariable = "HOLDFAST_TikTok__ClientKey";
    public const string SecretVariable = "HOLDFAST_TikTok__ClientSecret";

    /// <exception cref="StartupException">One of them is missing.</exception>
    public static void Check(UpSettings settings)
    {
        if (string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(KeyVariable)) || string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(SecretVariable)))
        {
            throw new StartupException(
                $"--tiktok needs an app of yours at TikTok: register {StudioApp.ConnectRedirectUri(settings.Studio)} as its redirect URI ({RedirectKind(settings)}), "
                + $"then set {KeyVariable} and {SecretVariable} in the environment and start again.");
        }
    }

    public static string RedirectKind(UpSettings settings) => settings.Studio.IsLoopback && !settings.Studio.IsHttps ? "Desktop" : "Web";
}
