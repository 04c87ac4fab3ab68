namespace Holdfast.Domain.Posts;

/// <summary>A workspace's answer to "its time has passed: still publish it?"</summary>
/// <param name="PublishWithin">
/// A post this late or less goes out by itself; a later one is held and a person is asked. An hour by default: long
/// enough for a restart or an outage of TikTok's, short enough that nothing appears on another part of the day unasked.
/// </param>
public sealed record LateRule(TimeSpan PublishWithin)
{
    public static LateRule Default { get; } = new(TimeSpan.FromMinutes(60));

    public bool IsTooLate(DateTimeOffset dueAt, DateTimeOffset now) => now - dueAt > PublishWithin;
}
