namespace Holdfast.Domain.Connections;

/// <summary>How fast renewals leave this installation, over all its nodes: a storm of due ones is spread, not sent at once.</summary>
/// <param name="PerMinute">TikTok documents no limit for its token endpoint; every other one takes 600 a minute.</param>
public sealed record Pace(int PerMinute)
{
    /// <summary>How much may leave at once after a quiet time.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    /// <summary>What one renewal moves the pace on by. Chance makes it half to one and a half of the even step, so that nothing beats in time.</summary>
    /// <param name="jitter">0 to 1.</param>
    public TimeSpan Step(double jitter) => TimeSpan.FromMinutes(1) / PerMinute * (0.5 + Math.Clamp(jitter, 0, 1));
}
