using Holdfast.Platform.Developers.Audit;
using Holdfast.Platform.Developers.Review;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Configurations;

/// <summary>Writes what a developer wants: into the draft of an app, beginning a revision where it is live; at once into a sandbox, which nobody reviews.</summary>
internal sealed class SaveConfiguration(Database database, AppAudit audit, TimeProvider clock)
{
    /// <param name="change">From the newest configuration to the wanted one. May be run again.</param>
    /// <param name="problem">What is wrong with the part that was changed.</param>
    public Task<SaveResult> RunAsync(string personId, string id, Func<AppConfiguration, AppConfiguration> change, Func<AppConfiguration, AppProblem?> problem, CancellationToken aborted) => database.WriteAsync<SaveResult>(async session =>
    {
        var now = clock.GetUtcNow();
        if (await session.FirstAsync<OwnedApp>($"select {OwnedApp.Columns} from app where {AppAccess.IsMine} and app.id = @id {session.ForUpdate}", new { personId, id }) is not { } app)
            return new SaveResult.NotThere();
        if (app.State is ReviewState.InReview)
            return new SaveResult.Locked();

        var live = (await ConfigurationStore.LiveAsync(session, id))!; // the app is there
        var before = app.IsSandbox ? live : (await ConfigurationStore.DraftAsync(session, id))?.Wanted ?? live;
        var wanted = change(before);
        if (problem(wanted) is { } wrong)
            return new SaveResult.Refused(wrong);

        var changes = ConfigurationChanges.Between(before, wanted);
        if (changes.Count == 0)
            return new SaveResult.Saved(wanted);
        if (app.IsSandbox)
        {
            await ConfigurationStore.ApplyAsync(session, id, wanted);
            await audit.AddAsync(session, app.Chain, AuditKind.SandboxChanged, personId, detail: $"{app.ClientKey}: {string.Join("; ", changes)}");
            return new SaveResult.Saved(wanted);
        }
        if (await ReviewMoves.RunAsync(session, id, ReviewAction.Revise, now) == 1)
            await audit.AddAsync(session, app.Chain, AuditKind.RevisionBegun, personId);
        await ConfigurationStore.PutDraftAsync(session, id, wanted, now);
        return new SaveResult.Saved(wanted);
    }, aborted);
}

internal abstract record SaveResult
{
    private SaveResult()
    {
    }

    public sealed record Saved(AppConfiguration Wanted) : SaveResult;

    public sealed record Refused(AppProblem Problem) : SaveResult;

    /// <summary>It is being reviewed: recall it first.</summary>
    public sealed record Locked : SaveResult;

    public sealed record NotThere : SaveResult;
}
