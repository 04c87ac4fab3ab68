using Holdfast.Platform.Audience;

namespace Holdfast.Platform.Research;

/// <summary>Cuts a list into pages whose cursor is a whole second that is still included.</summary>
internal static class ResearchPage
{
    /// <summary>Seconds that still are an instant in milliseconds.</summary>
    public const long LatestSecond = 253_402_300_799;

    /// <param name="found">From the cursor's second on, newest first, one more than fits if there are more.</param>
    /// <param name="from">The cursor that was asked with.</param>
    /// <returns>The next cursor is the second of the first entry left out: whoever followed in a page's last second may come twice, but nobody is lost.</returns>
    public static (IReadOnlyList<ListedPerson> People, long Cursor, bool HasMore) Of(IReadOnlyList<ListedPerson> found, int count, long from)
    {
        if (found.Count <= count)
            return (found, found.Count > 0 ? Second(found[^1]) : from, false);
        var next = Second(found[count]);
        // More entries in one second than fit a page: seconds cannot tell them apart, and a page must not come again for ever.
        return ([.. found.Take(count)], next == Second(found[0]) ? next - 1 : next, true);
    }

    private static long Second(ListedPerson person) => person.FollowedAt.ToUnixTimeSeconds();
}
