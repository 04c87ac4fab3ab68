using Holdfast.Storage;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Notices;

namespace Holdfast.Studio.Accounts.Links;

/// <summary>Tells the members that somebody signed in by a link, once for each time.</summary>
/// <remarks>After the first look at the account, because before it nobody knows what it is called. The slot and the line in the story are older: they stand with the tokens.</remarks>
internal sealed class LinkTold(Database database, NoticeQueue notices)
{
    public Task TellAsync(ConnectAttempt attempt, string connectionId) => attempt.LinkId is not { } id ? Task.CompletedTask : database.WriteAsync(async session =>
    {
        if (await LinkStore.FindAsync(session, id) is not { } link || await ConnectionStore.HoldAsync(session, connectionId) is not { } row)
            return;
        await notices.AddAsync(session, new NewNotice(attempt.WorkspaceId, Occasion.LinkUsed, $"link:{attempt.Id}") { ConnectionId = connectionId, Facts = [row.Name, link.MadeByName ?? ""] });
    });
}
