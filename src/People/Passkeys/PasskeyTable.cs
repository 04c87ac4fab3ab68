using Holdfast.People.SignIn;
using Holdfast.Storage;
using Microsoft.AspNetCore.Identity;

namespace Holdfast.People.Passkeys;

/// <summary>The passkeys people have.</summary>
public sealed class PasskeyTable(Database database, Ulids ulids)
{
    private const int AtMost = 20;

    private const string Columns = "id, name, created_at, last_used_at, is_backed_up";

    // A counter that does not move forward is a copy of the key, or a replay (WebAuthn §7.2, step 22); synced keys stay at zero.
    private const string Count = """
        update passkey set sign_count = @count, is_backed_up = @backedUp, last_used_at = @now
        where credential_id = @credential and person_id = @personId and (sign_count < @count or (sign_count = 0 and @count = 0))
        """;

    public Task<IReadOnlyList<Passkey>> ListAsync(string personId, CancellationToken aborted) => database.ReadAsync(session =>
        session.ListAsync<Passkey>($"select {Columns} from passkey where person_id = @personId order by created_at, id", new { personId }), aborted);

    public Task<Passkey?> FindAsync(string personId, string id, CancellationToken aborted) => database.ReadAsync(session =>
        session.FirstAsync<Passkey>($"select {Columns} from passkey where person_id = @personId and id = @id", new { personId, id }), aborted);

    /// <summary>What the handler needs to know of them.</summary>
    internal async Task<IList<UserPasskeyInfo>> OfAsync(string personId, CancellationToken aborted) => [.. (await database.ReadAsync(session => session.ListAsync<Row>(
        "select credential_id, public_key, sign_count, transports, is_backup_eligible, is_backed_up, created_at from passkey where person_id = @personId order by created_at, id", new { personId }), aborted)).Select(row => row.Info)];

    /// <summary>Whose passkey this is.</summary>
    internal Task<string?> OwnerAsync(byte[] credential, CancellationToken aborted) => database.ReadAsync(session =>
        session.FirstAsync<string>("select person_id from passkey where credential_id = @credential", new { credential }), aborted);

    internal async Task<bool> AddAsync(Session session, string personId, NewPasskey passkey, DateTimeOffset now) => await session.RunAsync("""
        insert into passkey (id, person_id, credential_id, public_key, name, sign_count, transports, is_backup_eligible, is_backed_up, created_at)
        select @id, @personId, @credential, @publicKey, @Name, @count, @transports, @eligible, @backedUp, @now
        where (select count(*) from passkey where person_id = @personId) < @atMost
        on conflict do nothing
        """, new
    {
        id = ulids.Next(),
        personId,
        credential = passkey.Info.CredentialId,
        publicKey = passkey.Info.PublicKey,
        passkey.Name,
        count = (long)passkey.Info.SignCount,
        transports = string.Join(' ', passkey.Info.Transports ?? []),
        eligible = passkey.Info.IsBackupEligible,
        backedUp = passkey.Info.IsBackedUp,
        now,
        atMost = AtMost,
    }) == 1;

    /// <summary>Writes down that it signed; <c>false</c> when its counter says that it already had.</summary>
    internal async Task<bool> UsedAsync(string personId, UserPasskeyInfo passkey, DateTimeOffset now, CancellationToken aborted) => await database.WriteAsync(session =>
        session.RunAsync(Count, new { credential = passkey.CredentialId, personId, count = (long)passkey.SignCount, backedUp = passkey.IsBackedUp, now }), aborted) == 1;

    /// <summary>Takes it away, unless it is the last way in.</summary>
    internal static async Task<bool> RemoveAsync(Session session, string personId, string id)
    {
        await WaysIn.LockAsync(session, personId);
        return await session.RunAsync($"delete from passkey where person_id = @PersonId and id = @Passkey and {WaysIn.AreLeft}", new WaysIn(personId, Passkey: id)) == 1;
    }

    private sealed record Row
    {
        public byte[] CredentialId { get; init; } = [];
        public byte[] PublicKey { get; init; } = [];
        public long SignCount { get; init; }
        public string Transports { get; init; } = "";
        public bool IsBackupEligible { get; init; }
        public bool IsBackedUp { get; init; }
        public DateTimeOffset CreatedAt { get; init; }

        public UserPasskeyInfo Info => new(
            CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), isUserVerified: true, IsBackupEligible, IsBackedUp, [], []);
    }
}

/// <summary>A passkey that has proven itself and waits to be kept.</summary>
public sealed record NewPasskey(string Name, UserPasskeyInfo Info);
