using Holdfast.Platform.Developers.Audit;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Organizations;

/// <summary>An app goes over to an organization: its owner asks, an admin there accepts, and then it stays (portal §2.7).</summary>
internal sealed class Transfers(Database database, AppAudit audit, AppLetters letters, AppRemoval removal, TimeProvider clock)
{
    private const string OwnersAlone = "app.id = @id and app.sandbox_of is null and app.organization_id is null and app.owner_id = @personId and app.is_demo = false and app.disabled_at is null";

    /// <summary><c>false</c> when the app is not this person's alone, or they are in no such organization.</summary>
    public Task<bool> AskAsync(string personId, string id, string organizationId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.RunAsync($"""
            insert into app_transfer (app_id, organization_id, asked_by, asked_at)
            select app.id, @organizationId, @personId, @now from app
            where {OwnersAlone} and exists (select 1 from organization_member where organization_id = @organizationId and person_id = @personId)
            on conflict (app_id) do update set organization_id = @organizationId, asked_at = @now
            """, new { personId, id, organizationId, now = clock.GetUtcNow() }) == 0)
            return false;
        await audit.AddAsync(session, id, AuditKind.TransferAsked, personId, detail: organizationId);
        return true;
    }, aborted);

    public Task<bool> CancelAsync(string personId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.RunAsync($"delete from app_transfer where app_id in (select app.id from app where {OwnersAlone})", new { personId, id }) == 0)
            return false;
        await audit.AddAsync(session, id, AuditKind.TransferCancelled, personId);
        return true;
    }, aborted);

    /// <summary>An admin takes the app over, with its sandboxes; or not.</summary>
    public Task<bool> AnswerAsync(string personId, string organizationId, string id, bool accepts, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        // Of two answers, one removes the row.
        if (await session.RunAsync("""
            delete from app_transfer where app_id = @id and organization_id = @organizationId
              and exists (select 1 from organization_member where organization_id = @organizationId and person_id = @personId and role = 'admin')
              and exists (select 1 from app where app.id = @id and app.organization_id is null and app.disabled_at is null)
            """, new { personId, organizationId, id }) == 0)
            return false;
        if (accepts)
        {
            await letters.AddAsync(session, id, "transferred");
            await session.RunAsync("update app set organization_id = @organizationId where id = @id or sandbox_of = @id", new { organizationId, id });
        }
        await audit.AddAsync(session, id, accepts ? AuditKind.Transferred : AuditKind.TransferCancelled, personId, detail: organizationId);
        return true;
    }, aborted);

    /// <summary>The organization an app waits for.</summary>
    public Task<string?> WaitingForAsync(string personId, string id, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<string>(
        $"select organization.name from app_transfer join organization on organization.id = app_transfer.organization_id where app_transfer.app_id in ({AppAccess.MineOnly})", new { personId, id }), aborted);

    /// <summary>Deletes an app for good: its owner's or, in an organization, an admin's to do.</summary>
    public Task<bool> DeleteAsync(string personId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.FirstAsync<string>($"""
            select app.id from app where app.id = @id and app.sandbox_of is null and app.is_demo = false and {AppAccess.IsMine}
              and (app.organization_id is null or exists (select 1 from organization_member where organization_id = app.organization_id and person_id = @personId and role = 'admin'))
            """, new { personId, id }) is null)
            return false;
        await letters.AddAsync(session, id, "deleted");
        await removal.RunAsync(session, id, clock.GetUtcNow());
        await audit.AddAsync(session, id, AuditKind.Deleted, personId);
        return true;
    }, aborted);
}
