using Holdfast.Platform.Developers.Audit;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Organizations;

/// <summary>Who goes and who may what. The last admin stays one: each statement says so, under the organization's lock.</summary>
internal sealed class Membership(Database database, AppAudit audit)
{
    private const string IsAdmin = "exists (select 1 from organization_member mine where mine.organization_id = @id and mine.person_id = @personId and mine.role = 'admin')";

    private const string NotTheLast = """
        (role <> 'admin' or (select count(*) from organization_member others where others.organization_id = @id and others.role = 'admin') > 1)
        """;

    /// <summary>Leaves; <c>false</c> for the last admin.</summary>
    public Task<bool> LeaveAsync(string personId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.OneAtATimeAsync($"organization:{id}");
        if (await session.RunAsync($"delete from organization_member where organization_id = @id and person_id = @personId and {NotTheLast}", new { personId, id }) == 0)
            return false;
        await audit.AddAsync(session, id, AuditKind.MemberLeft, personId);
        return true;
    }, aborted);

    /// <summary>An admin removes somebody else.</summary>
    public Task<bool> RemoveAsync(string personId, string id, string memberId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.OneAtATimeAsync($"organization:{id}");
        if (await session.RunAsync($"delete from organization_member where organization_id = @id and person_id = @memberId and person_id <> @personId and {IsAdmin}", new { personId, id, memberId }) == 0)
            return false;
        await audit.AddAsync(session, id, AuditKind.MemberRemoved, personId, memberId);
        return true;
    }, aborted);

    /// <summary>An admin makes somebody an admin or a member; one may give up being one, unless there is no other.</summary>
    public Task<bool> ChangeRoleAsync(string personId, string id, string memberId, bool toAdmin, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.OneAtATimeAsync($"organization:{id}");
        var role = toAdmin ? "admin" : "member";
        if (await session.RunAsync($"update organization_member set role = @role where organization_id = @id and person_id = @memberId and role <> @role and {IsAdmin} and (@role = 'admin' or {NotTheLast})", new { personId, id, memberId, role }) == 0)
            return false;
        await audit.AddAsync(session, id, AuditKind.RoleChanged, personId, memberId, role);
        return true;
    }, aborted);

    /// <summary>An admin takes an invitation back.</summary>
    public Task<bool> CancelAsync(string personId, string id, string invitationId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.RunAsync($"delete from organization_invitation where id = @invitationId and organization_id = @id and {IsAdmin}", new { personId, id, invitationId }) == 0)
            return false;
        await audit.AddAsync(session, id, AuditKind.InvitationCancelled, personId);
        return true;
    }, aborted);

    /// <summary>An admin deletes it; <c>false</c> while it owns an app.</summary>
    public Task<bool> DeleteAsync(string personId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.OneAtATimeAsync($"organization:{id}");
        if (await session.FirstAsync<long>("select count(*) from app where organization_id = @id and disabled_at is null", new { id }) > 0)
            return false;
        // Deleted apps keep their rows, and point nowhere.
        await session.RunAsync($"update app set organization_id = null where organization_id = @id and {IsAdmin}", new { personId, id });
        return await session.RunAsync($"delete from organization where id = @id and {IsAdmin}", new { personId, id }) == 1;
    }, aborted);

    /// <summary>Somebody's account goes. Where they were the last admin, the member who has been there longest is one now; apps they brought go over to an admin, or end with the last member.</summary>
    public async Task LeavingAsync(Session session, string personId)
    {
        foreach (var id in await session.ListAsync<string>("select organization_id from organization_member where person_id = @personId order by organization_id", new { personId }))
        {
            await session.OneAtATimeAsync($"organization:{id}");
            await session.RunAsync("delete from organization_member where organization_id = @id and person_id = @personId", new { id, personId });
            await session.RunAsync("""
                update organization_member set role = 'admin' where organization_id = @id
                  and not exists (select 1 from organization_member others where others.organization_id = @id and others.role = 'admin')
                  and person_id = (select person_id from organization_member eldest where eldest.organization_id = @id order by joined_at, person_id limit 1)
                """, new { id });
            await audit.AddAsync(session, id, AuditKind.MemberLeft, personId);
        }
        // Also where they had left the organization before: the app stayed.
        foreach (var id in await session.ListAsync<string>("select distinct organization_id from app where owner_id = @personId and organization_id is not null and disabled_at is null", new { personId }))
        {
            if (await session.FirstAsync<string>("select person_id from organization_member where organization_id = @id and role = 'admin' order by joined_at, person_id limit 1", new { id }) is not { } heir)
                continue;
            // Who accounts are to the developer's apps stays the same, where the heir does not know them already.
            await session.RunAsync("""
                update developer_account set owner_id = @heir where owner_id = @personId
                  and not exists (select 1 from developer_account known where known.owner_id = @heir and known.person_id = developer_account.person_id)
                """, new { heir, personId });
            await session.RunAsync("update app set owner_id = @heir where owner_id = @personId and organization_id = @id", new { heir, personId, id });
        }
    }
}
