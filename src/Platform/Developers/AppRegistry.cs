using System.Buffers.Text;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers;

/// <summary>Developers' apps: registered, changed and listed. Every query says whose.</summary>
internal sealed class AppRegistry(Database database, AppSecrets appSecrets, Ulids ulids, ISecretSource secrets, TimeProvider clock)
{
    private const string Mine = $"select id, name, client_key, icon_key, refresh_mode, is_demo, created_at from app where {AppAccess.IsMine}";

    /// <summary>Registers an app; the answer holds the only copy of its secret.</summary>
    public async Task<RegisterResult> RegisterAsync(string personId, NewApp wanted, CancellationToken aborted = default)
    {
        if (NewAppRule.ProblemWith(wanted) is { } problem)
            return new RegisterResult.Refused(problem);

        // "sbaw", because this is a sandbox and real keys look like that; never one letter that people confuse.
        var app = new RegisteredApp(ulids.Next(), wanted.ClientKey ?? "sbaw" + Readable(14), wanted.ClientSecret ?? Base64Url.EncodeToString(secrets.Bytes(24)));
        await database.WriteAsync(async session =>
        {
            await session.RunAsync("""
                insert into app (id, owner_id, name, client_key, secret_digest, secret_sealed, is_demo, review_state, approved_at, created_at)
                values (@Id, @personId, @name, @ClientKey, @digest, @closed, @demo, 'live', @now, @now)
                """, new { app.Id, personId, name = wanted.Name.Trim(), app.ClientKey, digest = TokenText.Digest(app.ClientSecret), closed = appSecrets.Close(app.Id, app.ClientSecret), demo = wanted.IsDemo, now = clock.GetUtcNow() });
            await AddListsAsync(session, app.Id, wanted.Redirects, wanted.Scopes);
        }, aborted);
        return new RegisterResult.Registered(app);
    }

    public async Task<IReadOnlyList<OwnedApp>> ListAsync(string personId, CancellationToken aborted = default) =>
        await database.ReadAsync(session => session.ListAsync<OwnedApp>(Mine + " order by created_at, id", new { personId }), aborted);

    /// <summary>The developers' demo app, which everybody may try; <c>null</c> when it was never seeded.</summary>
    public Task<OwnedApp?> FindDemoAsync(CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<OwnedApp>("select id, name, client_key, icon_key, refresh_mode, is_demo, created_at from app where is_demo = true"), aborted);

    /// <summary>One app with its lists; <c>null</c> when there is none or it is not this person's to act on.</summary>
    public Task<AppDetail?> FindAsync(string personId, string id, CancellationToken aborted = default) => database.ReadAsync(async session =>
    {
        if (await session.FirstAsync<OwnedApp>(Mine + " and id = @id", new { personId, id }) is not { } app)
            return null;
        var redirects = await session.ListAsync<RegisteredRedirect>("select platform, uri from app_redirect where app_id = @id order by platform desc, uri", new { id });
        var scopes = await session.ListAsync<string>("select scope from app_scope where app_id = @id", new { id });
        return new AppDetail(app, redirects, [.. KnownScopes.All.Where(scopes.Contains)]);
    }, aborted);

    /// <summary>Replaces name, redirect URIs and scopes; <c>null</c> when done.</summary>
    public async Task<NewAppProblem?> ChangeAsync(string personId, string id, NewApp wanted, CancellationToken aborted = default)
    {
        if (NewAppRule.ProblemWith(wanted) is { } problem)
            return problem;
        await database.WriteAsync(async session =>
        {
            if (await session.RunAsync($"update app set name = @name where id = @id and {AppAccess.IsMine}", new { id, personId, name = wanted.Name.Trim() }) == 0)
                return;
            await session.RunAsync("delete from app_redirect where app_id = @id", new { id });
            await session.RunAsync("delete from app_scope where app_id = @id", new { id });
            await AddListsAsync(session, id, wanted.Redirects, wanted.Scopes);
        }, aborted);
        return null;
    }

    /// <summary>Makes a new secret; the old one stops working at once. <c>null</c> when the app is not this person's to act on.</summary>
    public async Task<string?> RotateSecretAsync(string personId, string id, CancellationToken aborted = default)
    {
        var secret = Base64Url.EncodeToString(secrets.Bytes(24));
        return await database.WriteAsync(session => session.RunAsync(
            $"update app set secret_digest = @digest, secret_sealed = @closed where id = @id and {AppAccess.IsMine} and is_demo = false",
            new { id, personId, digest = TokenText.Digest(secret), closed = appSecrets.Close(id, secret) }), aborted) == 1 ? secret : null;
    }

    private static async Task AddListsAsync(Session session, string app, IEnumerable<RegisteredRedirect> redirects, IEnumerable<string> scopes)
    {
        foreach (var redirect in redirects.Distinct())
            await session.RunAsync("insert into app_redirect (app_id, platform, uri) values (@app, @platform, @Uri)", new { app, platform = redirect.Platform.ToString().ToLowerInvariant(), redirect.Uri });
        foreach (var scope in scopes.Append(KnownScopes.Basic).Distinct(StringComparer.Ordinal))
            await session.RunAsync("insert into app_scope (app_id, scope) values (@app, @scope)", new { app, scope });
    }

    private string Readable(int length)
    {
        const string letters = "abcdefghjkmnpqrstuvwxyz234567890"; // 32, so every byte is fair
        return string.Concat(secrets.Bytes(length).Select(octet => letters[octet & 31]));
    }
}
