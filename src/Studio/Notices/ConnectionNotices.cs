using Holdfast.Domain.Connections;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;

namespace Holdfast.Studio.Notices;

/// <summary>What people hear about a connection: each turn for the worse once, and nothing any more once it has turned.</summary>
internal sealed class ConnectionNotices(NoticeQueue notices)
{
    /// <param name="before">The row that the change left behind: it held this state since an instant, so a change that is reported twice is one notice.</param>
    public async Task AddAsync(Session session, ConnectionRow before, ConnectionChange change)
    {
        var (was, state) = (ConnectionState.Read(before.State, before.StateReason), change.Connection.State);
        if (was != state && Settles(was, state) is { Length: > 0 } settled)
            await notices.SolveConnectionAsync(session, before.WorkspaceId, before.Id, settled);
        if (change.Notice is { } notice)
            await notices.AddAsync(session, Of(before, notice, change.Entry?.LogId));
    }

    private static NewNotice Of(ConnectionRow before, Notice notice, string? logId)
    {
        var kind = notice.Kind switch
        {
            NoticeKind.NeedsSignIn => Occasion.NeedsSignIn,
            NoticeKind.Restricted => Occasion.Restricted,
            NoticeKind.EndingSoon => Occasion.EndingSoon,
        };
        return new(before.WorkspaceId, kind, $"{kind}:{before.Id}:{before.StateSince.ToUnixTimeMilliseconds()}:{notice.Cause}")
        {
            Cause = kind is Occasion.EndingSoon ? null : notice.Cause,
            Facts = kind is Occasion.EndingSoon ? [notice.Cause] : [],
            ConnectionId = before.Id,
            LogId = logId,
        };
    }

    // What people were told is settled when it is no longer so: by the sign-in, by something worse that is told by itself, or because a member has ended the connection.
    private static Occasion[] Settles(ConnectionState was, ConnectionState state) => state switch
    {
        ConnectionState.EndingSoon when was is ConnectionState.EndingSoon => [Occasion.EndingSoon],
        { IsUsable: true } or ConnectionState.Disconnected => [Occasion.NeedsSignIn, Occasion.Restricted, Occasion.EndingSoon],
        ConnectionState.NeedsSignIn when was is ConnectionState.NeedsSignIn => [],
        _ => [Occasion.NeedsSignIn, Occasion.EndingSoon],
    };
}
