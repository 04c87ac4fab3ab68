using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Accounts.Timeline;
using Holdfast.Studio.Notices;

namespace Holdfast.Studio.Accounts.Links;

/// <summary>What a sign-in by link leaves behind, in the transaction that saves its tokens: the taken slot, a line in the account's story, and word to the members.</summary>
internal sealed class LinkUse(LinkStore links, TimelineStore timeline, NoticeQueue notices)
{
    /// <summary>Before the first look at a new account nobody knows what it is called.</summary>
    private static readonly TimeSpan LookTakes = TimeSpan.FromMinutes(1);

    /// <exception cref="LinkOverException">The link was withdrawn, has ended, or has another account in its slot: everything is taken back.</exception>
    public async Task RunAsync(Session session, ConnectAttempt attempt, string connectionId, DateTimeOffset now)
    {
        if (attempt.LinkId is not { } id)
            return;
        if (!await links.UseAsync(session, id, connectionId))
        {
            var found = await LinkStore.FindAsync(session, id);
            throw new LinkOverException(found is { ConnectionId: not null } && found.ConnectionId != connectionId && found.IsLive(now));
        }
        if (await LinkStore.FindAsync(session, id) is not { } link)
            return;
        await timeline.AppendAsync(session, attempt.WorkspaceId, connectionId, new TimelineEntry(now, TimelineKind.SignedInByLink, link.Note.Length > 0 ? link.Note : link.MadeByName ?? link.Id));
        await notices.AddAsync(session, new NewNotice(attempt.WorkspaceId, Occasion.LinkUsed, $"link:{attempt.Id}") { ConnectionId = connectionId, Facts = [link.MadeByName ?? ""], WaitsFor = LookTakes });
    }
}

/// <summary>The link does not take this account.</summary>
/// <param name="isTaken">Another account was faster; otherwise the link no longer works.</param>
internal sealed class LinkOverException(bool isTaken) : Exception("The link does not take this account.")
{
    public bool IsTaken => isTaken;
}
