namespace Holdfast.Domain.Trouble;

/// <summary>What a wrong clock spoils.</summary>
public static class ClockRule
{
    /// <summary>Codes of authenticator apps change every half minute, and the one before is still taken.</summary>
    private static readonly TimeSpan CodeLives = TimeSpan.FromSeconds(30);

    public static bool SpoilsCodes(TimeSpan off) => off.Duration() > CodeLives;
}
