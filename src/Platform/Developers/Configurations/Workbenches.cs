using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>An app's configurations as its pages show them.</summary>
internal sealed class Workbenches(Database database)
{
    /// <summary><c>null</c> when the app is not this person's to act on.</summary>
    public Task<AppWorkbench?> FindAsync(string personId, string id, CancellationToken aborted) => database.ReadAsync(async session =>
    {
        if (await session.FirstAsync<OwnedApp>($"select {OwnedApp.Columns} from app where {AppAccess.IsMine} and app.id = @id", new { personId, id }) is not { } app)
            return null;
        var live = (await ConfigurationStore.LiveAsync(session, id))!; // the app is there
        var draft = app.IsSandbox ? null : await ConfigurationStore.DraftAsync(session, id);
        return new AppWorkbench(app, draft?.Wanted ?? live, live, draft?.SavedAt);
    }, aborted);
}

/// <summary>An app, what counts and what is wanted.</summary>
/// <param name="Newest">The draft where there is one.</param>
/// <param name="DraftSavedAt"><c>null</c> where there is no draft.</param>
public sealed record AppWorkbench(OwnedApp App, AppConfiguration Newest, AppConfiguration Live, DateTimeOffset? DraftSavedAt)
{
    public IReadOnlyList<ConfigurationChange> Changes => ConfigurationChanges.Between(Live, Newest);

    /// <summary>Making the draft live changes where a live app's codes go or what it may ask.</summary>
    public bool NeedsProof => App.ApprovedAt is not null && Changes.Any(change => change.IsWeighty);
}
