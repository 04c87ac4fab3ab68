namespace Holdfast.Domain.Connections;

/// <summary>What is known about our clock against TikTok's.</summary>
/// <param name="Skew">TikTok's time less ours: positive when our clock is behind.</param>
public sealed record KnownSkew(TimeSpan Skew, DateTimeOffset SeenAt)
{
    /// <summary><c>Date</c> headers have whole seconds, and answers take a moment.</summary>
    private static readonly TimeSpan Coarse = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromHours(1);

    public bool IsWorrying => RenewalRule.IsWorrying(Skew);

    /// <summary>Whether another look says something that is not known yet.</summary>
    public bool IsNews(TimeSpan seen, DateTimeOffset now) =>
        (seen - Skew).Duration() > Coarse || RenewalRule.IsWorrying(seen) != IsWorrying || now - SeenAt > LooksAgainAfter || SeenAt > now;
}
