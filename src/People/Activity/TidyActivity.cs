using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.People.Activity;

/// <summary>Forgets, once an hour and a few at a time, what happened to accounts longer ago than anybody asks for.</summary>
internal sealed class TidyActivity(Database database, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private DateTimeOffset nextAt;

    public string Topic => "people-tidy";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        if (now < nextAt)
            return false;
        if (await database.WriteAsync(session => session.RunAsync(
            "delete from activity where id in (select id from activity where at < @before limit @atMost)", new { before = now - KeptFor, atMost = AtOnce }), stopping) > 0)
        {
            return true;
        }
        nextAt = now + Every;
        return false;
    }
}
