using Holdfast.Shell.Hosting;
using Holdfast.TikTok;

namespace Holdfast.Cli.Authorize;

/// <summary>The app that asks.</summary>
/// <param name="IsDemo">Its secret is in the manual, so it may be shown.</param>
internal sealed record AuthorizeApp(ClientCredentials Credentials, bool IsDemo)
{
    public const string KeyVariable = "HOLDFAST_TikTok__ClientKey";
    public const string SecretVariable = "HOLDFAST_TikTok__ClientSecret";

    /// <summary>The demo app, or the one whose key and secret are in the environment or get typed. A secret is never an argument: those end up in process lists and shell histories.</summary>
    /// <exception cref="StartupException">There is no key or no secret.</exception>
    public static async Task<AuthorizeApp> FindAsync(AuthorizeSettings settings, Func<string, string?> environment, Terminal terminal, CancellationToken stopping)
    {
        if (!settings.TikTok && settings.ClientKey is null or DemoApp.ClientKey)
            return new(DemoApp.Credentials, IsDemo: true);

        var key = settings.ClientKey ?? environment(KeyVariable) ?? await terminal.AskAsync("Client key (from the developer portal): ", stopping);
        if (string.IsNullOrWhiteSpace(key))
            throw new StartupException($"There is no client key. Pass --client-key, set {KeyVariable}, or type it when asked.");

        var secret = environment(SecretVariable) ?? await terminal.AskSecretAsync("Client secret (is not shown): ", stopping);
        if (string.IsNullOrWhiteSpace(secret))
            throw new StartupException($"There is no client secret. Set {SecretVariable}, or type it when asked.");

        try
        {
            return new(new(key.Trim(), new(secret.Trim())), IsDemo: false);
        }
        catch (ArgumentException)
        {
            throw new StartupException("That is no client secret: it holds spaces or other characters no secret has. Copy it again from the developer portal.");
        }
    }
}
