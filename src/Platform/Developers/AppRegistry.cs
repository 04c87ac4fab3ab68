using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers.Audit;
using Holdfast.Platform.Developers.Configurations;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Platform.Developers.Review;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers;

/// <summary>Developers' apps: registered and found. Every query says whose.</summary>
internal sealed class AppRegistry(Database database, AppSecrets appSecrets, NewCredentials credentials, Reviews reviews, AppAudit audit, Ulids ulids, TimeProvider clock)
{
    private const string Mine = $"select {OwnedApp.Columns} from app where {AppAccess.IsMine}";

    // The owner is the person, or an organization that they belong to.
    private const string Insert = """
        insert into app (id, owner_id, organization_id, name, kind, client_key, secret_digest, secret_sealed, is_demo, created_at)
        select @Id, @personId, cast(@organization as text), @name, @kind, @ClientKey, @digest, @closed, @demo, @now
        from (select 1 as one) once
        where cast(@organization as text) is null or exists (select 1 from organization_member where organization_id = @organization and person_id = @personId)
        """;

    /// <summary>Registers an app; the answer holds the only copy of its secret. Where the rule reviews, it is live with that.</summary>
    public async Task<RegisterResult> RegisterAsync(string personId, NewApp wanted, CancellationToken aborted = default)
    {
        if (NewAppRule.ProblemWith(wanted) is { } problem)
            return new RegisterResult.Refused(problem);

        var app = new RegisteredApp(ulids.Next(), wanted.ClientKey ?? credentials.Key(), wanted.ClientSecret ?? credentials.Secret());
        var now = clock.GetUtcNow();
        return await database.WriteAsync(async session =>
        {
            if (await session.RunAsync(Insert, new
            {
                app.Id,
                personId,
                organization = wanted.OrganizationId,
                name = wanted.Name.Trim(),
                kind = wanted.Kind,
                app.ClientKey,
                digest = TokenText.Digest(app.ClientSecret),
                closed = appSecrets.Close(app.Id, app.ClientSecret),
                demo = wanted.IsDemo,
                now,
            }) == 0)
            {
                return (RegisterResult)new RegisterResult.Refused(new AppProblem(AppField.Owner, "owner-problem"));
            }
            await audit.AddAsync(session, app.Id, AuditKind.Created, personId, detail: app.ClientKey);
            if (wanted.ByOperator)
            {
                await session.RunAsync("update app set review_state = 'live', approved_at = @now where id = @Id", new { app.Id, now });
                await ConfigurationStore.ApplyAsync(session, app.Id, wanted.Configuration);
                return new RegisterResult.Registered(app);
            }
            await ConfigurationStore.PutDraftAsync(session, app.Id, wanted.Configuration, now);
            if (reviews.Mode is ReviewMode.Automatic)
                await reviews.SubmitAsync(session, personId, app.Id);
            return new RegisterResult.Registered(app);
        }, aborted);
    }

    /// <summary>Apps and their sandboxes.</summary>
    public async Task<IReadOnlyList<OwnedApp>> ListAsync(string personId, CancellationToken aborted = default) =>
        await database.ReadAsync(session => session.ListAsync<OwnedApp>(Mine + " order by app.created_at, app.id", new { personId }), aborted);

    /// <summary>The developers' demo app, which everybody may try; <c>null</c> when it was never seeded.</summary>
    public Task<OwnedApp?> FindDemoAsync(CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<OwnedApp>($"select {OwnedApp.Columns} from app where is_demo = true and sandbox_of is null"), aborted);

    /// <summary>One app with the lists that count; <c>null</c> when there is none or it is not this person's to act on.</summary>
    public Task<AppDetail?> FindAsync(string personId, string id, CancellationToken aborted = default) => database.ReadAsync(async session =>
    {
        if (await session.FirstAsync<OwnedApp>(Mine + " and app.id = @id", new { personId, id }) is not { } app)
            return null;
        var live = (await ConfigurationStore.LiveAsync(session, id))!; // the app is there
        return new AppDetail(app, live.Redirects, live.Scopes);
    }, aborted);

    /// <summary>Replaces name, redirect URIs and scopes of what counts, past every review: for whoever runs this Platform. <c>null</c> when done.</summary>
    public async Task<AppProblem?> ChangeAsync(string personId, string id, NewApp wanted, CancellationToken aborted = default)
    {
        if (NewAppRule.ProblemWith(wanted) is { } problem)
            return problem;
        await database.WriteAsync(async session =>
        {
            if (await AppAccess.MayActAsync(session, personId, id) && await ConfigurationStore.LiveAsync(session, id) is { } live)
                await ConfigurationStore.ApplyAsync(session, id, wanted.Configuration with { IconKey = live.IconKey, Details = live.Details });
        }, aborted);
        return null;
    }
}
