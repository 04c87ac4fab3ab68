namespace Holdfast.Domain.Connections;

/// <summary>What the shell knows when it reports a fact.</summary>
/// <param name="Jitter">0 to 1, from the injected chance.</param>
/// <param name="ClockSkew">Our clock against TikTok's, as far as known.</param>
/// <param name="NextPostAt">The account's next due post.</param>
/// <param name="Weather">How renewals of other accounts went just now.</param>
/// <param name="RestoredAt">The database was put back to an older state at this instant; null when it never was.</param>
public sealed record RenewalContext(
    DateTimeOffset Now, double Jitter, TimeSpan ClockSkew = default, DateTimeOffset? NextPostAt = null, RefusalWeather Weather = default, DateTimeOffset? RestoredAt = null);

/// <summary>How the renewals of the app's <em>other</em> accounts went in the last <see cref="Window"/>.</summary>
/// <param name="IsSuspected">It has looked like the app in the last day, and nobody's renewal has proved otherwise.</param>
public readonly record struct RefusalWeather(int Refused, int Renewed, bool IsSuspected = false)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Three or more others refused and none renewed: people do not leave in step, so the app's keys are
    /// suspected and every token is kept, until somebody's renewal works: those refused first are not asked again, so
    /// that soon nobody would be left to count.
    /// </summary>
    public bool LooksLikeTheApp => Renewed == 0 && (Refused >= 3 || IsSuspected);
}
