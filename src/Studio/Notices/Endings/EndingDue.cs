using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts;

namespace Holdfast.Studio.Notices.Endings;

/// <summary>Tells that a sign-in ends in 30, 14, 7, 3 and 1 days, each on its day. When that is says the row itself: its state and its end make <c>ending_at</c>.</summary>
internal sealed class EndingDue(Database database, ConnectionStore connections, TimeProvider clock) : IDueWork
{
    private const string Due = "select id from connection where ending_at <= @now order by ending_at, id limit 1";

    public string Topic => "connection-endings";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await database.ReadAsync(session => session.FirstAsync<string>(Due, new { now = clock.GetUtcNow() }), stopping) is null)
            return false;
        return await database.WriteAsync(async session =>
        {
            var now = clock.GetUtcNow();
            if (await session.FirstAsync<string>($"{Due} {session.SkipLocked}", new { now }) is not { } id || await ConnectionStore.HoldAsync(session, id) is not { } row)
                return false;
            var change = row.ToDomain().AsTimePasses(now);
            if (change.Notice is null)
                return false; // the rule and the column disagree, which a spec forbids; never in a circle
            await connections.SaveAsync(session, row, change, now);
            return true;
        }, stopping);
    }
}
