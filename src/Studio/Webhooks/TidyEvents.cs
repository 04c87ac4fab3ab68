using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Webhooks;

/// <summary>Forgets what TikTok told a month ago: it repeats an event for three days.</summary>
internal sealed class TidyEvents(Database database, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private readonly HourlySweep pace = new(clock);

    public string Topic => "heard-tidy";

    public Task<bool> RunDueAsync(CancellationToken stopping) => pace.RunAsync(now => database.WriteAsync(session => session.RunAsync(
        "delete from webhook_event where id in (select id from webhook_event where received_at < @before limit @most)", new { before = now - KeptFor, most = AtOnce }), stopping));
}
