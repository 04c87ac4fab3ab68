using System.Collections.Concurrent;
using System.Data.Common;
using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts;

namespace Holdfast.Studio.Notices.Endings;

/// <summary>Tells that a sign-in ends in 30, 14, 7, 3 and 1 days, each on its day. When that is says the row itself: its state and its end make <c>ending_at</c>.</summary>
internal sealed class EndingDue(Database database, ConnectionStore connections, TimeProvider clock, ILogger<EndingDue> log) : IDueWork
{
    private const string Due = "select id from connection where ending_at <= @now";

    /// <summary>Rows that could not be dealt with, and until when others go first. The row cannot hold it: what is due is made of its other columns.</summary>
    private readonly ConcurrentDictionary<string, DateTimeOffset> aside = new(StringComparer.Ordinal);

    public string Topic => "connection-endings";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await database.ReadAsync(NextAsync, stopping) is null)
            return false;
        return await database.TakeOneAsync(session => NextAsync(session, session.SkipLocked), TellAsync, StepAsideAsync, stopping);
    }

    private Task<string?> NextAsync(Session session) => NextAsync(session, "");

    private Task<string?> NextAsync(Session session, string how)
    {
        var now = clock.GetUtcNow();
        var waiting = aside.Where(one => one.Value > now).Select(one => one.Key).ToArray();
        return session.FirstAsync<string>($"{Due} and not (id {session.IsIn("waiting")}) order by ending_at, id limit 1 {how}", new { now, waiting });
    }

    private async Task TellAsync(Session session, string id)
    {
        var now = clock.GetUtcNow();
        if (await ConnectionStore.HoldAsync(session, id) is not { } row)
            throw new InvalidOperationException("The account is gone.");
        var change = row.ToDomain().AsTimePasses(now);
        if (change.Notice is null)
            throw new InvalidOperationException("The rule and the column disagree about when this sign-in ends.");
        await connections.SaveAsync(session, row, change, now);
        aside.TryRemove(id, out _);
    }

    private Task StepAsideAsync(Exception failure, string id)
    {
        // Not the row's fault, and not one row's.
        if (failure is DbException)
            return Task.FromException(failure);
        log.NotTold(failure, id);
        aside[id] = clock.GetUtcNow() + NoticeRule.Aside;
        return Task.CompletedTask;
    }
}
