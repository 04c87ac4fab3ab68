using Holdfast.Storage;

namespace Holdfast.Studio.Workspaces;

/// <summary>Workspaces and who belongs to them.</summary>
internal sealed class WorkspaceStore(Database database, Ulids ulids, TimeProvider clock)
{
    /// <summary>A post up to an hour late still goes out by itself.</summary>
    public const long DefaultLateMinutes = 60;

    private const string Columns = "workspace.id, workspace.name, workspace.zone, workspace.late_minutes";

    public Task<Workspace?> OfMemberAsync(string personId, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<Workspace>($"""
            select {Columns} from member join workspace on workspace.id = member.workspace_id
            where member.person_id = @personId order by member.joined_at, workspace.id
            """, new { personId }), aborted);

    public Task<Workspace?> FindAsync(string id, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<Workspace>($"select {Columns} from workspace where id = @id", new { id }), aborted);

    public Task<bool> AnyAsync(CancellationToken aborted = default) =>
        database.ReadAsync(async session => await session.FirstAsync<long>("select count(*) from workspace") > 0, aborted);

    public async Task<bool> IsOwnerAsync(string workspaceId, string personId, CancellationToken aborted = default) => await database.ReadAsync(session => session.FirstAsync<long>(
        "select count(*) from member where workspace_id = @workspaceId and person_id = @personId and role = 'owner'", new { workspaceId, personId }), aborted) > 0;

    /// <summary>A workspace with its owner.</summary>
    public async Task<Workspace> AddAsync(string name, string zone, string ownerId, CancellationToken aborted = default)
    {
        var workspace = new Workspace { Id = ulids.Next(), Name = name.Trim(), Zone = zone, LateMinutes = DefaultLateMinutes };
        await database.WriteAsync(async session =>
        {
            var now = clock.GetUtcNow();
            await session.RunAsync("insert into workspace (id, name, zone, late_minutes, created_at) values (@Id, @Name, @Zone, @LateMinutes, @now)", new { workspace.Id, workspace.Name, workspace.Zone, workspace.LateMinutes, now });
            await session.RunAsync("insert into member (workspace_id, person_id, role, joined_at) values (@Id, @ownerId, 'owner', @now)", new { workspace.Id, ownerId, now });
        }, aborted);
        return workspace;
    }

    /// <summary>Makes somebody a member; nothing happens when they are one.</summary>
    public Task JoinAsync(string workspaceId, string personId, string role, CancellationToken aborted = default) => database.WriteAsync(session => session.RunAsync(
        "insert into member (workspace_id, person_id, role, joined_at) values (@workspaceId, @personId, @role, @now) on conflict do nothing",
        new { workspaceId, personId, role, now = clock.GetUtcNow() }), aborted);
}
