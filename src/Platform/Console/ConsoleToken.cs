using System.Security.Cryptography;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;

namespace Holdfast.Platform.Console;

/// <summary>Whether there is a console, and what opens it (docs/decisions/0009).</summary>
internal sealed class ConsoleToken(AppOptions options, IConfiguration configuration, ISecretSource secrets)
{
    private const string Setting = "Platform:Console:Token";
    private const int ShortestToken = 16;

    private readonly Lazy<string> value = new(() => Configured(configuration) ?? Convert.ToHexStringLower(secrets.Bytes(16)));

    /// <summary>The demo guards nothing, and nobody but this machine reaches it; everywhere else a token is asked for.</summary>
    public bool IsAsked => !IsOpen(options);

    /// <summary>What the browser keeps: proves that the token was known, and is not the token.</summary>
    public string Cookie => Convert.ToHexStringLower(TokenText.Digest("console:" + value.Value));

    public static bool Exists(AppOptions options) => options.Console || IsOpen(options);

    /// <summary>For whoever can read what the program prints.</summary>
    public string Reveal() => value.Value;

    public bool Matches(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(TokenText.Digest(value.Value), TokenText.Digest(given.Trim()));

    public bool MatchesCookie(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(TokenText.Digest(Cookie), TokenText.Digest(given));

    public override string ToString() => "ConsoleToken(redacted)";

    private static bool IsOpen(AppOptions options) => options is { Demo: true, IsLoopback: true };

    private static string? Configured(IConfiguration configuration) => configuration[Setting]?.Trim() switch
    {
        null or "" => null,
        { Length: < ShortestToken } => throw new StartupException($"HOLDFAST_{Setting.Replace(":", "__", StringComparison.Ordinal)} opens the console, which can delete accounts: give it at least {ShortestToken} characters nobody can guess."),
        var token => token,
    };
}
