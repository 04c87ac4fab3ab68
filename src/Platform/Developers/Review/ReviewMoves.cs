using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Review;

/// <summary><see cref="ReviewRule"/> as one conditional statement: of two who act at once, one changes the row.</summary>
internal static class ReviewMoves
{
    private const string Move = """
        update app set review_state = @to, approved_at = case when @approves then coalesce(approved_at, cast(@now as bigint)) else approved_at end
        where id = @id and sandbox_of is null and disabled_at is null and (@approves or @to <> 'live' or approved_at is not null)
        """;

    /// <returns>1 when it was done.</returns>
    public static Task<int> RunAsync(Session session, string id, ReviewAction action, DateTimeOffset now)
    {
        var (from, to) = ReviewRule.Way(action);
        return session.RunAsync($"{Move} and review_state {session.IsIn("from")}", new { id, to = to.Column(), from = from.Select(state => state.Column()).ToArray(), approves = action is ReviewAction.Approve, now });
    }
}
