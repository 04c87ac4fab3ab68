using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.KeepAlive;

/// <summary>TikTok lets an app post for so many people a day: reaching that is the app's incident, whoever happens to meet it.</summary>
internal sealed class UserCap(Database database, IncidentStore incidents, TimeProvider clock)
{
    /// <summary>What TikTok said when it was asked to let the account post.</summary>
    public async Task NoteAsync(string? connectionId, PostFact fact)
    {
        if (fact is PostFact.Refused { Code: Incident.UserCap, LogId: var logId })
            await database.WriteAsync(session => incidents.RaiseAsync(session, new Incident(Incident.UserCap, logId), connectionId, clock.GetUtcNow()));
        else if (fact is PostFact.CreatorAllows && connectionId is not null && (await incidents.OpenAsync()).Any(open => open.Cause == Incident.UserCap))
            await database.WriteAsync(session => incidents.HealAsync(session, connectionId, IncidentEnds.WithEachPost, clock.GetUtcNow()));
    }
}
