using System.Security.Cryptography;
using Holdfast.Storage;

namespace Holdfast.Studio.Accounts.Connect;

/// <summary>What pages say about a window that was opened for TikTok: the only evidence there is, since nobody may look into it.</summary>
internal sealed class WindowMarks(Database database, Ulids ulids, ISecretSource secrets, TimeProvider clock)
{
    /// <summary>Notes a mark on the attempt with this ticket; the first of each kind counts. A window that never came to us has no attempt yet, and gets one that says so.</summary>
    public Task NoteAsync(WindowMark mark, string ticket, string workspaceId, string personId, string sessionDigest, CancellationToken aborted) => database.WriteAsync(session =>
    {
        var now = clock.GetUtcNow();
        return ColumnOf(mark) is { } column
            ? session.RunAsync($"update connect_attempt set {column} = @now where session_digest = @sessionDigest and ticket = @ticket and {column} is null and status = 'waiting'", new { sessionDigest, ticket, now })
            // Should the window come after all, its attempt takes the ticket over.
            : session.RunAsync("""
                insert into connect_attempt (id, workspace_id, person_id, session_digest, ticket, state_digest, client_key, redirect_uri, status, error, created_at, ends_at, finished_at, via)
                values (@id, @workspaceId, @personId, @sessionDigest, @ticket, @nobody, '', '', 'not-opened', @error, @now, @now, @now, 'window')
                on conflict (session_digest, ticket) where ticket is not null do nothing
                """, new
            {
                id = ulids.Next(),
                workspaceId,
                personId,
                sessionDigest,
                ticket,
                nobody = Convert.ToHexStringLower(SHA256.HashData(secrets.Bytes(32))),
                error = mark.ToString().ToLowerInvariant(),
                now,
            });
    }, aborted);

    /// <summary>The mark a page means; <c>null</c> for any other word.</summary>
    public static WindowMark? Read(string? word) => word switch
    {
        "blocked" => WindowMark.Blocked,
        "blank" => WindowMark.Blank,
        "sent" => WindowMark.Sent,
        "stuck" => WindowMark.Stuck,
        "unreachable" => WindowMark.Unreachable,
        _ => null,
    };

    /// <summary>The latest presses of "Connect" of one member, newest first: how far each came, and how it ended. What came by a link of theirs is somebody else's.</summary>
    public Task<IReadOnlyList<ConnectAttempt>> RecentAsync(string workspaceId, string personId, int limit, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<ConnectAttempt>(
        $"select {ConnectAttempt.Columns} from connect_attempt where workspace_id = @workspaceId and person_id = @personId and link_id is null order by created_at desc, id desc limit @limit",
        new { workspaceId, personId, limit }), aborted);

    private static string? ColumnOf(WindowMark mark) => mark switch
    {
        WindowMark.Sent => "sent_at",
        WindowMark.Stuck => "stuck_at",
        WindowMark.Unreachable => "unreachable_at",
        _ => null,
    };
}

/// <summary>What can be said about such a window.</summary>
internal enum WindowMark
{
    /// <summary><c>window.open</c> gave none.</summary>
    Blocked,

    /// <summary>It was opened and never asked for our start page.</summary>
    Blank,

    /// <summary>Our start page sends the browser on now.</summary>
    Sent,

    /// <summary>It has, and still stands: TikTok's page did not come.</summary>
    Stuck,

    /// <summary>The page that waits reached us, and not TikTok.</summary>
    Unreachable,
}
