using Holdfast.Platform.Developers.Audit;
using Holdfast.Platform.Developers.Configurations;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Platform.Developers.Review;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Sandboxes;

/// <summary>Copies of an app to try things with: a key and a secret of their own, changes at once, and only people who agreed to it (portal §2.5).</summary>
internal sealed class SandboxStore(Database database, AppSecrets appSecrets, NewCredentials credentials, AppAudit audit, AppRemoval removal, Ulids ulids, TimeProvider clock)
{
    public const int Most = 5;

    private const string Insert = $"""
        insert into app (id, owner_id, organization_id, sandbox_of, name, kind, icon_key, client_key, secret_digest, secret_sealed, is_audited, created_at)
        select @sandboxId, app.owner_id, app.organization_id, app.id, @name, app.kind, null, @key, @digest, @closed, false, @now
        from app where app.id = @id and app.sandbox_of is null and {AppAccess.IsMine}
          and (select count(*) from app made where made.sandbox_of = app.id and made.disabled_at is null) < 5
        """;

    /// <param name="from">What to copy: the app, one of its sandboxes, or empty.</param>
    public async Task<SandboxResult> MakeAsync(string personId, string id, string name, string from, CancellationToken aborted)
    {
        if (ConfigurationRule.NameProblem(name) is { } problem)
            return new SandboxResult.Refused(problem with { Field = AppField.Sandbox });
        var made = new RegisteredApp(ulids.Next(), credentials.SandboxKey(), credentials.Secret());
        return await database.WriteAsync<SandboxResult>(async session =>
        {
            await session.OneAtATimeAsync($"sandboxes:{id}");
            if (from.Length > 0 && from != id && await FindAsync(session, personId, id, from) is null)
                return new SandboxResult.NotThere();
            if (await session.RunAsync(Insert, new { id, personId, sandboxId = made.Id, name = name.Trim(), key = made.ClientKey, digest = TokenText.Digest(made.ClientSecret), closed = appSecrets.Close(made.Id, made.ClientSecret), now = clock.GetUtcNow() }) == 0)
                return await AppAccess.MayActAsync(session, personId, id) ? new SandboxResult.Refused(new AppProblem(AppField.Sandbox, "sandboxes.too-many")) : new SandboxResult.NotThere();
            if (from.Length > 0)
            {
                var copied = from == id ? (await ConfigurationStore.DraftAsync(session, id))?.Wanted : null;
                await ConfigurationStore.ApplyAsync(session, made.Id, (copied ?? (await ConfigurationStore.LiveAsync(session, from))!) with { Name = name.Trim(), IconKey = null }); // found above
            }
            else
            {
                await ConfigurationStore.ApplyAsync(session, made.Id, new NewApp(name, [], []).Configuration);
            }
            await audit.AddAsync(session, id, AuditKind.SandboxMade, personId, detail: made.ClientKey);
            return new SandboxResult.Made(made);
        }, aborted);
    }

    public async Task<IReadOnlyList<OwnedApp>> ListAsync(string personId, string id, CancellationToken aborted) => await database.ReadAsync(session => session.ListAsync<OwnedApp>(
        $"select {OwnedApp.Columns} from app where app.sandbox_of = @id and {AppAccess.IsMine} order by app.created_at, app.id", new { id, personId }), aborted);

    /// <summary>Writes the sandbox's configuration over the app's draft; name and icon stay the app's.</summary>
    public Task<SandboxResult> ImportAsync(string personId, string id, string sandboxId, CancellationToken aborted) => database.WriteAsync<SandboxResult>(async session =>
    {
        var now = clock.GetUtcNow();
        if (await session.FirstAsync<OwnedApp>($"select {OwnedApp.Columns} from app where app.id = @id and app.sandbox_of is null and {AppAccess.IsMine} {session.ForUpdate}", new { id, personId }) is not { } app
            || await FindAsync(session, personId, id, sandboxId) is not { } sandbox)
        {
            return new SandboxResult.NotThere();
        }
        if (app.State is ReviewState.InReview)
            return new SandboxResult.Refused(new AppProblem(AppField.Sandbox, "locked"));
        var tried = (await ConfigurationStore.LiveAsync(session, sandboxId))!; // found above
        var own = (await ConfigurationStore.DraftAsync(session, id))?.Wanted ?? (await ConfigurationStore.LiveAsync(session, id))!; // the app is there
        await ReviewMoves.RunAsync(session, id, ReviewAction.Revise, now);
        await ConfigurationStore.PutDraftAsync(session, id, tried with { Name = own.Name, IconKey = own.IconKey }, now);
        await audit.AddAsync(session, id, AuditKind.SandboxImported, personId, detail: sandbox.ClientKey);
        return new SandboxResult.Done();
    }, aborted);

    /// <summary>Deletes a sandbox: its key stops, and what its target users agreed to ends.</summary>
    public Task<bool> DeleteAsync(string personId, string id, string sandboxId, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await FindAsync(session, personId, id, sandboxId) is not { } sandbox)
            return false;
        await removal.RunAsync(session, sandboxId, clock.GetUtcNow());
        await audit.AddAsync(session, id, AuditKind.SandboxDeleted, personId, detail: sandbox.ClientKey);
        return true;
    }, aborted);

    private static Task<OwnedApp?> FindAsync(Session session, string personId, string id, string sandboxId) =>
        session.FirstAsync<OwnedApp>($"select {OwnedApp.Columns} from app where app.id = @sandboxId and app.sandbox_of = @id and {AppAccess.IsMine}", new { id, sandboxId, personId });
}

internal abstract record SandboxResult
{
    private SandboxResult()
    {
    }

    public sealed record Made(RegisteredApp App) : SandboxResult;

    public sealed record Done : SandboxResult;

    public sealed record Refused(AppProblem Problem) : SandboxResult;

    public sealed record NotThere : SandboxResult;
}
