using Holdfast.Storage;

namespace Holdfast.Platform.Developers;

/// <summary>Who may act on an app: its owner, or, where an organization owns it, every member of that. The one place that says so.</summary>
internal static class AppAccess
{
    /// <summary>Part of the <c>where</c> of every statement of the portal on <c>app</c>; takes <c>@personId</c>. An app that somebody may not act on is one that is not there.</summary>
    public const string IsMine = """
        (app.disabled_at is null and case when app.organization_id is null then app.owner_id = @personId else exists (
          select 1 from organization_member mine where mine.organization_id = app.organization_id and mine.person_id = @personId) end)
        """;

    /// <summary>Begins a statement on one of an app's own tables: <c>… where app_id in ({MineOnly})</c>; takes <c>@id</c> and <c>@personId</c>.</summary>
    public const string MineOnly = $"select app.id from app where app.id = @id and {IsMine}";

    /// <summary>Whether this person may act on this app, asked in the transaction that acts.</summary>
    public static async Task<bool> MayActAsync(Session session, string personId, string id) =>
        await session.FirstAsync<string>(MineOnly, new { personId, id }) is not null;
}
