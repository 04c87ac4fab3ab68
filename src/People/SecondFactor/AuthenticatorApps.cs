using Holdfast.Shell.Sealing;
using Holdfast.Storage;

namespace Holdfast.People.SecondFactor;

/// <summary>The seeds that people's authenticator apps hold too.</summary>
public sealed class AuthenticatorApps(Database database, SecretSeal seal, ISecretSource secrets, TimeProvider clock)
{
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromMinutes(15);

    // A seed that waits for its first code makes way for another; a confirmed one stays until it is removed.
    private const string Begin = """
        insert into totp (person_id, seed, created_at) values (@personId, @seed, @now)
        on conflict (person_id) do update set seed = @seed, created_at = @now where totp.confirmed_at is null
        """;

    private const string Confirm = "update totp set confirmed_at = @now, last_step = @step where person_id = @personId and confirmed_at is null and seed = @seed";

    // A step counts once: of two requests with the same code, one changes the row and the other does not.
    private const string Spend = "update totp set last_step = @step where person_id = @personId and confirmed_at is not null and last_step < @step";

    /// <summary>A new seed that waits for its first code; <c>null</c> when the person has an app already.</summary>
    public async Task<TotpKey?> BeginAsync(string personId, CancellationToken aborted)
    {
        var key = Base32.Encode(secrets.Bytes(Totp.SeedBytes));
        var begun = await database.WriteAsync(session => session.RunAsync(Begin, new { personId, seed = seal.Close(key, Place(personId)), now = clock.GetUtcNow() }), aborted);
        return begun == 1 ? new TotpKey(key) : null;
    }

    /// <summary>The seed that waits for its first code, to be shown again after a mistyped one.</summary>
    public async Task<TotpKey?> PendingAsync(string personId, CancellationToken aborted) =>
        await database.ReadAsync(session => FindAsync(session, personId, confirmed: false), aborted) is { } row ? new TotpKey(seal.Open(row.Seed, Place(personId))) : null;

    /// <summary>Takes the first code, after which the app counts.</summary>
    public async Task<bool> ConfirmAsync(Session session, string personId, string code, DateTimeOffset now) =>
        await FindAsync(session, personId, confirmed: false) is { } row
        && Match(row, personId, code, now) is { } step
        && await session.RunAsync(Confirm, new { personId, step, now, seed = row.Seed }) == 1;

    /// <summary>Takes a code, once.</summary>
    public async Task<bool> AcceptsAsync(Session session, string personId, string code, DateTimeOffset now) =>
        await FindAsync(session, personId, confirmed: true) is { } row
        && Match(row, personId, code, now) is { } step
        && await session.RunAsync(Spend, new { personId, step }) == 1;

    public static async Task<bool> RemoveAsync(Session session, string personId) =>
        await session.RunAsync("delete from totp where person_id = @personId and confirmed_at is not null", new { personId }) == 1;

    private Task<Row?> FindAsync(Session session, string personId, bool confirmed) => session.FirstAsync<Row>(
        "select seed, last_step from totp where person_id = @personId and (confirmed_at is not null) = @confirmed and (@confirmed or created_at > @since)",
        new { personId, confirmed, since = clock.GetUtcNow() - ConfirmWithin });

    private long? Match(Row row, string personId, string code, DateTimeOffset now) =>
        Totp.Match(Base32.Decode(seal.Open(row.Seed, Place(personId))), code, now, row.LastStep);

    private static SealedPlace Place(string personId) => new("totp", "seed", personId);

    private sealed record Row
    {
        public byte[] Seed { get; init; } = [];
        public long LastStep { get; init; }
    }
}
