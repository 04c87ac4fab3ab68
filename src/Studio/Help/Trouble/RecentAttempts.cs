using Holdfast.Domain.Trouble;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.Connect;

namespace Holdfast.Studio.Help.Trouble;

/// <summary>The latest presses of <em>Connect</em>, as far as each came.</summary>
internal sealed class RecentAttempts(WindowMarks marks, AttemptStore attempts, Database database)
{
    private const int Most = 10;

    /// <summary>Tries older than this are another story.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromDays(2);

    /// <summary>The member's own, the newest first; of all workspaces for whoever runs the installation.</summary>
    public async Task<IReadOnlyList<AttemptFacts>> ListAsync(Asking asking, DateTimeOffset now, CancellationToken aborted)
    {
        var found = asking is { WorkspaceId: { } workspace, PersonId: { } person }
            ? await marks.RecentAsync(workspace, person, Most, aborted)
            : await database.ReadAsync(session => session.ListAsync<ConnectAttempt>($"select {ConnectAttempt.Columns} from connect_attempt order by created_at desc, id desc limit @most", new { most = Most }), aborted);
        return [.. found.Where(attempt => attempt.CreatedAt > now - Recent).Select(attempt => Of(attempts.AsItStands(attempt)!, now))]; // what is there stays there
    }

    private static AttemptFacts Of(ConnectAttempt attempt, DateTimeOffset now) => new(
        attempt.Status switch
        {
            AttemptStatus.Connected => AttemptOutcome.Connected,
            AttemptStatus.Cancelled => AttemptOutcome.Cancelled,
            AttemptStatus.OtherAccount => AttemptOutcome.OtherAccount,
            AttemptStatus.Failed => AttemptOutcome.Failed,
            _ => WindowRule.TroubleOf(attempt, now) switch
            {
                WindowTrouble.Blocked => AttemptOutcome.Blocked,
                WindowTrouble.Blank => AttemptOutcome.Blank,
                WindowTrouble.Extension => AttemptOutcome.KeptOff,
                _ => attempt.EndsAt > now ? AttemptOutcome.UnderWay : AttemptOutcome.NeverCameBack,
            },
        },
        attempt.CreatedAt, attempt.Error, attempt.ErrorText, attempt.LogId, attempt.RedirectUri, attempt.ExpectedName, attempt.GotName);
}
