using Holdfast.Platform.Authorize;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>Reads what counts and what is only wanted, and makes the one into the other. Whose app it is, callers have asked in the same transaction.</summary>
internal static class ConfigurationStore
{
    /// <summary>What counts now; <c>null</c> when there is no such app.</summary>
    public static async Task<AppConfiguration?> LiveAsync(Session session, string id)
    {
        if (await session.FirstAsync<Row>("select app.name, app.icon_key, app_details.document from app left join app_details on app_details.app_id = app.id where app.id = @id", new { id }) is not { } row)
            return null;
        var redirects = await session.ListAsync<RegisteredRedirect>("select platform, uri from app_redirect where app_id = @id order by platform desc, uri", new { id });
        var scopes = await session.ListAsync<string>("select scope from app_scope where app_id = @id", new { id });
        return new AppConfiguration { Name = row.Name, IconKey = row.IconKey, Redirects = redirects, Scopes = [.. KnownScopes.OfApps.Where(scopes.Contains)] }.WithDetails(row.Document);
    }

    /// <summary>What is being written or reviewed; <c>null</c> when nothing is.</summary>
    public static async Task<AppDraft?> DraftAsync(Session session, string id) =>
        await session.FirstAsync<DraftRow>("select document, saved_at from app_draft where app_id = @id", new { id }) is { } row ? new AppDraft(AppConfiguration.Read(row.Document), row.SavedAt) : null;

    public static Task PutDraftAsync(Session session, string id, AppConfiguration wanted, DateTimeOffset now) => session.RunAsync("""
        insert into app_draft (app_id, document, saved_at) values (@id, @document, @now)
        on conflict (app_id) do update set document = @document, saved_at = case when app_draft.saved_at >= @now then app_draft.saved_at + 1 else @now end
        """, new { id, document = wanted.Write(), now });

    /// <summary>From now on this counts: the lists, the name and the details, and no draft is left.</summary>
    public static async Task ApplyAsync(Session session, string id, AppConfiguration wanted)
    {
        await session.RunAsync("update app set name = @Name, icon_key = @IconKey where id = @id", new { id, wanted.Name, wanted.IconKey });
        await session.RunAsync("delete from app_redirect where app_id = @id", new { id });
        await session.RunAsync("delete from app_scope where app_id = @id", new { id });
        foreach (var redirect in wanted.Redirects.Distinct())
            await session.RunAsync("insert into app_redirect (app_id, platform, uri) values (@id, @platform, @Uri)", new { id, platform = redirect.Platform.ToString().ToLowerInvariant(), redirect.Uri });
        foreach (var scope in wanted.Scopes.Distinct(StringComparer.Ordinal))
            await session.RunAsync("insert into app_scope (app_id, scope) values (@id, @scope)", new { id, scope });
        await session.RunAsync("insert into app_details (app_id, document) values (@id, @document) on conflict (app_id) do update set document = @document", new { id, document = wanted.WriteDetails() });
        await session.RunAsync("delete from app_draft where app_id = @id", new { id });
    }

    private sealed record Row
    {
        public string Name { get; init; } = "";
        public string? IconKey { get; init; }
        public string? Document { get; init; }
    }

    private sealed record DraftRow
    {
        public string Document { get; init; } = "";
        public DateTimeOffset SavedAt { get; init; }
    }
}

/// <summary>A configuration that does not count yet.</summary>
/// <param name="SavedAt">Differs for every text: who submits says which one they saw.</param>
internal sealed record AppDraft(AppConfiguration Wanted, DateTimeOffset SavedAt);
