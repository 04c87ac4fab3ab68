using Holdfast.Domain.Posts;

namespace Holdfast.Studio.Posts;

/// <summary>The tabs of the posts list.</summary>
public enum PostFilter
{
    All,
    Drafts,
    Scheduled,
    InProgress,
    NeedsYou,
    Published,
    Ended,
}

internal static class PostFilters
{
    private static readonly PostState[] Every = Enum.GetValues<PostState>();

    public static IReadOnlyList<PostState> States(this PostFilter filter) => filter switch
    {
        PostFilter.All => Every,
        PostFilter.Drafts => [PostState.Draft],
        PostFilter.Scheduled => [PostState.Scheduled],
        PostFilter.InProgress => [PostState.Checking, PostState.Initialised, PostState.Uploading, PostState.Processing],
        PostFilter.NeedsYou => [PostState.Held, PostState.Unconfirmed, PostState.Failed, PostState.InInbox],
        PostFilter.Published => [PostState.Published],
        PostFilter.Ended => [PostState.Cancelled],
    };

    /// <summary>The tab's word in an address.</summary>
    public static string Word(this PostFilter filter) => filter switch
    {
        PostFilter.All => "all",
        PostFilter.Drafts => "drafts",
        PostFilter.Scheduled => "scheduled",
        PostFilter.InProgress => "in-progress",
        PostFilter.NeedsYou => "needs-you",
        PostFilter.Published => "published",
        PostFilter.Ended => "cancelled",
    };

    /// <summary>An address with a word we do not know shows everything.</summary>
    public static PostFilter Read(string? word) =>
        Enum.GetValues<PostFilter>().FirstOrDefault(filter => filter.Word() == word);
}
