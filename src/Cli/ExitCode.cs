namespace Holdfast.Cli;

/// <summary>How a command ended; scripts rely on these numbers, and each command's help lists them.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Wrong usage, or the machine is not ready (a port in use, no key).</summary>
    public const int CannotStart = 1;

    /// <summary>The person said no, or the authorization was refused.</summary>
    public const int NotAuthorized = 2;

    /// <summary>The exchange was refused: code, secret, redirect URI or PKCE.</summary>
    public const int NotExchanged = 3;

    /// <summary>No answer that can be trusted: network, time-out, server error.</summary>
    public const int NoAnswer = 4;

    /// <summary>Nobody came back from the browser in time.</summary>
    public const int NobodyCame = 5;

    /// <summary>Ctrl-C, as shells count it.</summary>
    public const int Stopped = 130;
}
