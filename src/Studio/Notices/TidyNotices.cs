using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Notices;

/// <summary>Forgets, once an hour and a few at a time, notices of half a year ago; what was still to be delivered of them goes too.</summary>
internal sealed class TidyNotices(Database database, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    private readonly HourlySweep pace = new(clock);

    public string Topic => "notices-tidy";

    public Task<bool> RunDueAsync(CancellationToken stopping) => pace.RunAsync(now => database.WriteAsync(session => session.RunAsync(
        "delete from notice where id in (select id from notice where made_at < @before limit @most)", new { before = now - KeptFor, most = AtOnce }), stopping));
}
