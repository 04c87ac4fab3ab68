using Holdfast.Domain.Posts;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts;

/// <summary>Hears of a connection's end and return inside the transaction that makes them true, so that both happen or neither.</summary>
internal interface IConnectionListener
{
    /// <summary>The person signed in again, or a connection that had stopped works: what waited for it may go on.</summary>
    Task LiveAgainAsync(Session session, string connectionId, string workspaceId, DateTimeOffset now);

    /// <summary>Calls for this account make no sense any more; <paramref name="reason"/> is why its posts wait.</summary>
    Task EndedAsync(Session session, string connectionId, string workspaceId, HoldReason reason, DateTimeOffset now);

    /// <summary>The next instant at which the account's token will be needed, so that it is renewed before; <c>null</c> when nothing is planned.</summary>
    Task<DateTimeOffset?> NextNeedAsync(Session session, string connectionId) => Task.FromResult<DateTimeOffset?>(null);

    /// <summary>TikTok answers again after a time in which it answered nobody: what waited for that alone need wait no longer.</summary>
    Task AnswersAgainAsync(Session session, DateTimeOffset now) => Task.CompletedTask;

    /// <summary>The database was put back to an older state: what it did between <paramref name="since"/> and now it no longer knows.</summary>
    Task RestoredAsync(Session session, DateTimeOffset since, DateTimeOffset now) => Task.CompletedTask;
}
