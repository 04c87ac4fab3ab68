using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Holdfast.Shell.Language;
using Holdfast.Storage;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Accounts.Links;

/// <summary>Links for people without a seat. Only the digest of a token is stored; whether it still works is asked in the statement that uses it.</summary>
internal sealed class LinkStore(Database database, ISecretSource secrets, TimeProvider clock)
{
    public const int LongestNote = 80;

    /// <summary>Links that have ended stay for a while, so that one can see who came by them.</summary>
    private static readonly TimeSpan ShownFor = TimeSpan.FromDays(30);

    private const string Find = """
        select client_link.id, client_link.workspace_id, client_link.connection_id, client_link.is_renewal, client_link.note, client_link.made_by, client_link.made_at, client_link.ends_at,
          client_link.revoked_at, client_link.uses, client_link.used_at, person.display_name as made_by_name, workspace.name as workspace_name,
          connection.display_name as account_name, connection.username as account_user
        from client_link
        join workspace on workspace.id = client_link.workspace_id
        left join person on person.id = client_link.made_by
        left join connection on connection.id = client_link.connection_id
        """;

    // A link works on the word of a member: it ends with the days, by anybody's hand, and when that member leaves.
    private const string IsLive = """
        client_link.revoked_at is null and client_link.ends_at > @now
          and exists (select 1 from member where member.workspace_id = client_link.workspace_id and member.person_id = client_link.made_by)
        """;

    // The slot is this where clause: of two accounts that arrive at once on a new link, one changes the row and the other does not.
    private const string Use = $"""
        update client_link set connection_id = coalesce(connection_id, @connectionId), uses = uses + 1, used_at = @now
        where id = @id and (connection_id is null or connection_id = @connectionId) and {IsLive}
        """;

    /// <summary>Makes one; the answer holds the only copy of the token. <c>null</c>: there is one of this id.</summary>
    public async Task<(ClientLink Link, string Token)?> AddAsync(string id, string workspaceId, string personId, string? connectionId, string note, int days, CancellationToken aborted)
    {
        var token = Base64Url.EncodeToString(secrets.Bytes(32));
        var now = clock.GetUtcNow();
        var link = new ClientLink
        {
            Id = id,
            WorkspaceId = workspaceId,
            ConnectionId = connectionId,
            IsRenewal = connectionId is not null,
            Note = note.CutTo(LongestNote),
            MadeBy = personId,
            MadeAt = now,
            EndsAt = now.AddDays(days),
        };
        var isNew = await database.WriteAsync(async session =>
        {
            await session.RunAsync("delete from client_link where ends_at < @since", new { since = now - ShownFor });
            var added = await session.RunAsync("""
                insert into client_link (id, workspace_id, token_digest, connection_id, is_renewal, note, made_by, made_at, ends_at, uses)
                values (@Id, @WorkspaceId, @digest, @ConnectionId, @IsRenewal, @Note, @MadeBy, @MadeAt, @EndsAt, 0)
                on conflict (id) do nothing
                """, new { link.Id, link.WorkspaceId, digest = Digest(token), link.ConnectionId, link.IsRenewal, link.Note, link.MadeBy, link.MadeAt, link.EndsAt });
            session.Signal(CurrentWorkspace.LiveTopicOf(workspaceId));
            return added == 1;
        }, aborted);
        return isNew ? (link, token) : null;
    }

    /// <summary>The workspace's, newest first.</summary>
    public Task<IReadOnlyList<ClientLink>> ListAsync(string workspaceId, CancellationToken aborted = default) => database.ReadAsync(session => session.ListAsync<ClientLink>(
        $"{Find} where client_link.workspace_id = @workspaceId and client_link.ends_at > @since order by client_link.made_at desc, client_link.id desc limit 100",
        new { workspaceId, since = clock.GetUtcNow() - ShownFor }), aborted);

    /// <summary>The link with this token while it works.</summary>
    public Task<ClientLink?> FindByTokenAsync(string token, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<ClientLink>(
        $"{Find} where client_link.token_digest = @digest and {IsLive}", new { digest = Digest(token), now = clock.GetUtcNow() }), aborted);

    /// <summary>The link while it works.</summary>
    public Task<ClientLink?> FindLiveAsync(string id, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<ClientLink>(
        $"{Find} where client_link.id = @id and {IsLive}", new { id, now = clock.GetUtcNow() }), aborted);

    /// <summary>The link, working or not.</summary>
    public static Task<ClientLink?> FindAsync(Session session, string id) => session.FirstAsync<ClientLink>($"{Find} where client_link.id = @id", new { id });

    /// <summary>Nobody signs in by it any more, nor does whoever is at TikTok right now. What was connected stays.</summary>
    public Task<bool> RevokeAsync(string workspaceId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        session.Signal(CurrentWorkspace.LiveTopicOf(workspaceId));
        return await session.RunAsync("update client_link set revoked_at = @now where id = @id and workspace_id = @workspaceId and revoked_at is null", new { id, workspaceId, now = clock.GetUtcNow() }) == 1;
    }, aborted);

    /// <summary>Puts an account into the link's slot, or finds it there; <c>false</c> when another has it or the link no longer works, and then nothing of this transaction may stay.</summary>
    public async Task<bool> UseAsync(Session session, string id, string connectionId) => await session.RunAsync(Use, new { id, connectionId, now = clock.GetUtcNow() }) == 1;

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
