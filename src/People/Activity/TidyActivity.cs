using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.People.Activity;

/// <summary>Forgets, once an hour and a few at a time, what happened to accounts longer ago than anybody asks for.</summary>
internal sealed class TidyActivity(Database database, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(180);

    private readonly HourlySweep pace = new(clock);

    public string Topic => "people-tidy";

    public Task<bool> RunDueAsync(CancellationToken stopping) => pace.RunAsync(now => database.WriteAsync(session => session.RunAsync(
        "delete from activity where id in (select id from activity where at < @before limit @atMost)", new { before = now - KeptFor, atMost = AtOnce }), stopping));
}
