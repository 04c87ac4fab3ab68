using Holdfast.Platform.Developers;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Authorize;

/// <summary>An app at the authorization endpoint, with what it registered.</summary>
/// <param name="MayAsk">Approved once, or a sandbox.</param>
/// <param name="IsSandbox">Only its target users may sign in.</param>
internal sealed record AskingApp(string Id, string Name, string ClientKey, IReadOnlyList<RegisteredRedirect> Redirects, IReadOnlyList<string> Scopes, AppFace Face, bool MayAsk = true, bool IsSandbox = false);

/// <summary>What a person sees of an app and of whoever registered it.</summary>
public sealed record AppFace
{
    public string AppId { get; init; } = "";
    public string? IconKey { get; init; }
    public string DeveloperName { get; init; } = "";
    public string DeveloperUserName { get; init; } = "";

    /// <summary>The developer's account carries the verified mark.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The demo's app, which guards nothing.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Being tested, and reviewed by nobody.</summary>
    public bool IsSandbox { get; init; }

    /// <summary>What stands for the developer where several own the app.</summary>
    public string? OrganizationName { get; init; }

    public string? IconUrl => AppIcons.UrlOf(AppId, IconKey);
}

internal sealed class AskingApps(Database database, ClientApps apps)
{
    private const string Face = """
        select app.id as app_id, app.icon_key, app.is_demo, app.sandbox_of is not null as is_sandbox, organization.name as organization_name, person.user_name as developer_user_name, person.display_name as developer_name, coalesce(creator.is_verified, false) as is_verified
        from app join person on person.id = app.owner_id left join creator on creator.person_id = person.id left join organization on organization.id = app.organization_id where app.id = @Id
        """;

    /// <summary>The app with this key; <c>null</c> when there is none, or none that may ask.</summary>
    public Task<AskingApp?> FindAsync(string clientKey, CancellationToken aborted = default) => database.ReadAsync(async session =>
    {
        if (await apps.FindAsync(session, clientKey) is not { } app)
            return null;
        var redirects = await session.ListAsync<RegisteredRedirect>("select platform, uri from app_redirect where app_id = @Id", new { app.Id });
        var scopes = await session.ListAsync<string>("select scope from app_scope where app_id = @Id", new { app.Id });
        return new AskingApp(app.Id, app.Name, app.ClientKey, redirects, scopes, await session.FirstAsync<AppFace>(Face, new { app.Id }) ?? new AppFace(), app.MayAsk, app.IsSandbox);
    }, aborted);
}
