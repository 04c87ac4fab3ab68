using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>Forgets who felt an incident some months after it: each outage writes a row for every account, and pages show the last thirty days.</summary>
internal sealed class TidyIncidents(Database database, TimeProvider clock) : IDueWork
{
    private const int AtOnce = 500;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    private readonly HourlySweep pace = new(clock);

    public string Topic => "incidents-tidy";

    public Task<bool> RunDueAsync(CancellationToken stopping) => pace.RunAsync(now => database.WriteAsync(session => session.RunAsync("""
        delete from incident_felt where (incident_id, connection_id) in (
          select felt.incident_id, felt.connection_id from incident_felt felt join incident on incident.id = felt.incident_id where incident.ended_at < @before limit @most)
        """, new { before = now - KeptFor, most = AtOnce }), stopping));
}
