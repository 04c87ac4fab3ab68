namespace Holdfast.Platform.Developers.Review;

/// <summary>Where an app's newest configuration stands (portal §2.4).</summary>
public enum ReviewState { Draft, InReview, Live, NotApproved }

/// <summary>What can be done about it.</summary>
internal enum ReviewAction
{
    /// <summary>Begins a draft beside what is live.</summary>
    Revise,
    Submit,
    Recall,
    Approve,
    NotApprove,

    /// <summary>Drops the draft: what is live stays.</summary>
    Revert,
}

internal static class ReviewRule
{
    private static readonly ReviewState[] States = Enum.GetValues<ReviewState>();

    /// <summary>The state after it; <c>null</c> where it cannot be done.</summary>
    /// <param name="isApproved">Some configuration was approved once, and counts.</param>
    public static ReviewState? After(ReviewState state, ReviewAction action, bool isApproved) => (state, action) switch
    {
        (ReviewState.Live, ReviewAction.Revise) => ReviewState.Draft,
        (ReviewState.Draft or ReviewState.NotApproved, ReviewAction.Submit) => ReviewState.InReview,
        (ReviewState.InReview, ReviewAction.Recall) => ReviewState.Draft,
        (ReviewState.InReview, ReviewAction.Approve) => ReviewState.Live,
        (ReviewState.InReview, ReviewAction.NotApprove) => ReviewState.NotApproved,
        (ReviewState.Draft or ReviewState.NotApproved, ReviewAction.Revert) when isApproved => ReviewState.Live,
        _ => null,
    };

    /// <summary>The states in which it can be done, and the one it leads to.</summary>
    public static (IReadOnlyList<ReviewState> From, ReviewState To) Way(ReviewAction action)
    {
        var from = States.Where(state => After(state, action, isApproved: true) is not null).ToList();
        return (from, After(from[0], action, isApproved: true)!.Value); // every action leads somewhere
    }

    /// <summary>As the column writes it.</summary>
    public static string Column(this ReviewState state) => state switch
    {
        ReviewState.Draft => "draft",
        ReviewState.InReview => "in_review",
        ReviewState.Live => "live",
        ReviewState.NotApproved => "not_approved",
    };

    public static ReviewState Read(string column) => States.First(state => state.Column() == column);
}
