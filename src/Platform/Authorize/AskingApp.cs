using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Authorize;

/// <summary>An app at the authorization endpoint, with what it registered.</summary>
internal sealed record AskingApp(string Id, string Name, string ClientKey, IReadOnlyList<RegisteredRedirect> Redirects, IReadOnlyList<string> Scopes);

internal sealed class AskingApps(Database database, ClientApps apps)
{
    /// <summary>The app with this key; <c>null</c> when there is none, or none that may ask.</summary>
    public Task<AskingApp?> FindAsync(string clientKey, CancellationToken aborted = default) => database.ReadAsync(async session =>
    {
        if (await apps.FindAsync(session, clientKey) is not { } app)
            return null;
        var redirects = await session.ListAsync<RegisteredRedirect>("select platform, uri from app_redirect where app_id = @Id", new { app.Id });
        var scopes = await session.ListAsync<string>("select scope from app_scope where app_id = @Id", new { app.Id });
        return new AskingApp(app.Id, app.Name, app.ClientKey, redirects, scopes);
    }, aborted);
}
