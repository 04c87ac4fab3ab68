using System.Text;
using Holdfast.Platform.Developers.Audit;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;

namespace Holdfast.Platform.Developers.Credentials;

/// <summary>A new Client Secret, with the old one beside it for as long as a roll-out takes, or not at all (attack case 94).</summary>
internal sealed class RotateSecret(Database database, AppSecrets appSecrets, NewCredentials credentials, AppAudit audit, AppLetters letters, TimeProvider clock)
{
    /// <summary>How long the old secret may live on; its words stand in Texts.json under <c>overlap.…</c> by the hours.</summary>
    public static readonly TimeSpan[] Overlaps = [TimeSpan.Zero, TimeSpan.FromHours(1), TimeSpan.FromHours(24), TimeSpan.FromDays(7)];

    // At most two are live: while an old one is, another overlap is refused, and ending everything at once is not.
    private const string Rotate = $"""
        update app set secret_digest = @digest, secret_sealed = @closed,
          previous_secret_digest = case when @keeps then secret_digest end, previous_secret_ends_at = case when @keeps then cast(@ends as bigint) end
        where id = @id and is_demo = false and {AppAccess.IsMine}
          and (not @keeps or previous_secret_digest is null or previous_secret_ends_at <= @now)
        """;

    private const string EndOld = $"""
        update app set previous_secret_digest = null, previous_secret_ends_at = null
        where id = @id and previous_secret_digest is not null and previous_secret_ends_at > @now and {AppAccess.IsMine}
        """;

    /// <param name="overlap">One of <see cref="Overlaps"/>.</param>
    public async Task<RotateResult> RunAsync(string personId, string id, TimeSpan overlap, CancellationToken aborted = default)
    {
        var (secret, now) = (credentials.Secret(), clock.GetUtcNow());
        var (keeps, ends) = (overlap > TimeSpan.Zero, now + overlap);
        return await database.WriteAsync<RotateResult>(async session =>
        {
            if (await session.RunAsync(Rotate, new { id, personId, now, digest = TokenText.Digest(secret), closed = appSecrets.Close(id, secret), keeps, ends }) == 0)
                return await AppAccess.MayActAsync(session, personId, id) ? new RotateResult.TwoAreLive() : new RotateResult.NotThere();
            await TellAsync(session, personId, id, AuditKind.SecretRotated, keeps ? "rotated" : "rotated-at-once", keeps ? Shell.Dates.Say(ends) : "");
            return new RotateResult.Rotated(secret, keeps ? ends : null);
        }, aborted);
    }

    /// <summary>The emergency: the old secret stops working now. <c>false</c> when there is none.</summary>
    public Task<bool> EndOldAsync(string personId, string id, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.RunAsync(EndOld, new { id, personId, now = clock.GetUtcNow() }) == 0)
            return false;
        await TellAsync(session, personId, id, AuditKind.OldSecretEnded, "old-secret-ended", "");
        return true;
    }, aborted);

    private async Task TellAsync(Session session, string personId, string id, AuditKind kind, string letter, string what)
    {
        var app = await session.FirstAsync<OwnedApp>($"select {OwnedApp.Columns} from app where app.id = @id", new { id });
        await audit.AddAsync(session, app!.Chain, kind, personId, detail: what.Length == 0 ? app.ClientKey : $"{app.ClientKey}, the old one until {what}"); // just changed
        await letters.AddAsync(session, id, letter, what);
    }
}

internal abstract record RotateResult
{
    private RotateResult()
    {
    }

    /// <param name="Secret">The only copy.</param>
    /// <param name="OldEndsAt"><c>null</c> when it has ended.</param>
    public sealed record Rotated(string Secret, DateTimeOffset? OldEndsAt) : RotateResult
    {
        // Records print their members, and this one holds a secret.
        protected override bool PrintMembers(StringBuilder text) => false;
    }

    public sealed record TwoAreLive : RotateResult;

    public sealed record NotThere : RotateResult;
}
