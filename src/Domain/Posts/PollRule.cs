namespace Holdfast.Domain.Posts;

/// <summary>How often the status is asked: quickly at first, then ever more slowly, and never above 30 a minute.</summary>
public static class PollRule
{
    /// <summary>From here on people read "TikTok is checking".</summary>
    public static readonly TimeSpan SlowAfter = TimeSpan.FromMinutes(5);

    /// <summary>After this long nobody waits for a link, or for the person to finish an inbox draft.</summary>
    public static readonly TimeSpan GiveUpWaitingAfter = TimeSpan.FromDays(7);

    public static TimeSpan Wait(TimeSpan since) => since.TotalSeconds switch
    {
        < 15 => TimeSpan.FromSeconds(3),
        < 60 => TimeSpan.FromSeconds(5),
        < 120 => TimeSpan.FromSeconds(10),
        < 300 => TimeSpan.FromSeconds(30),
        < 1_800 => TimeSpan.FromMinutes(1),
        < 7_200 => TimeSpan.FromMinutes(5),
        _ => TimeSpan.FromMinutes(15),
    };
}
