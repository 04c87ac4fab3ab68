using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Platform.Webhooks;

/// <summary>Forgets, once an hour and a few at a time, events that have been over for a month.</summary>
internal sealed class TidyDeliveries(Database database, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private readonly HourlySweep pace = new(clock);

    public string Topic => "webhooks-tidy";

    public Task<bool> RunDueAsync(CancellationToken stopping) => pace.RunAsync(now => database.WriteAsync(session => session.RunAsync(
        "delete from webhook_delivery where id in (select id from webhook_delivery where created_at < @before and next_step_at is null limit @most)",
        new { before = now - KeptFor, most = AtOnce }), stopping));
}
