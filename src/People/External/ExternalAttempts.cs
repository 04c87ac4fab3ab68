using Holdfast.Storage;

namespace Holdfast.People.External;

/// <summary>Trips to providers, kept here and bound to a browser: an answer counts once, for the trip it belongs to.</summary>
internal sealed class ExternalAttempts(Database database, Ulids ulids, TimeProvider clock)
{
    public static readonly TimeSpan OpenFor = TimeSpan.FromMinutes(30);

    /// <param name="personId">Who wants to link; <c>null</c> to sign in.</param>
    public Task AddAsync(TripSecrets trip, string provider, string? personId, string next, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        await session.RunAsync("delete from external_attempt where expires_at <= @now", new { now });
        await session.RunAsync("""
            insert into external_attempt (id, state_digest, browser_digest, provider, person_id, next_path, expires_at)
            values (@id, @state, @browser, @provider, @personId, @next, @ends)
            """, new { id = ulids.Next(), state = trip.StateDigest, browser = trip.BrowserDigest, provider, personId, next, ends = now + OpenFor });
    }, aborted);

    /// <summary>Takes the one answer a trip has: of two, or of a forged one, nobody gets a row (attack case 86).</summary>
    public Task<ExternalAttempt?> TakeAnswerAsync(TripSecrets trip, string provider, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var taken = await session.RunAsync("""
            update external_attempt set returned_at = @now
            where state_digest = @state and browser_digest = @browser and provider = @provider and returned_at is null and expires_at > @now
            """, new { state = trip.StateDigest, browser = trip.BrowserDigest, provider, now = clock.GetUtcNow() });
        return taken == 1 ? await session.FirstAsync<ExternalAttempt>($"select {Columns} from external_attempt where state_digest = @state", new { state = trip.StateDigest }) : null;
    }, aborted);

    /// <summary>Keeps what the provider said until the person has decided what to do with it.</summary>
    public Task KeepAsync(string id, ExternalIdentity who, CancellationToken aborted) => database.WriteAsync(session => session.RunAsync(
        "update external_attempt set subject = @Subject, email = @Email, email_verified = @IsEmailVerified, display_name = @Name where id = @id and subject is null",
        new { id, who.Subject, who.Email, who.IsEmailVerified, who.Name }), aborted);

    /// <summary>An answered trip of this browser that waits for the person.</summary>
    public Task<ExternalAttempt?> FindAsync(string id, string? browserKey, CancellationToken aborted) =>
        browserKey is null ? Task.FromResult<ExternalAttempt?>(null) : database.ReadAsync(session => FindAsync(session, id, browserKey), aborted);

    /// <inheritdoc cref="FindAsync(string, string?, CancellationToken)"/>
    /// <remarks>In the transaction that uses it; nobody else uses it meanwhile.</remarks>
    public Task<ExternalAttempt?> FindAsync(Session session, string id, string browserKey, bool toUse = false) => session.FirstAsync<ExternalAttempt>($"""
        select {Columns} from external_attempt
        where id = @id and browser_digest = @browser and subject is not null and finished_at is null and expires_at > @now
        {(toUse ? session.ForUpdate : "")}
        """, new { id, browser = TripSecrets.Digest(browserKey), now = clock.GetUtcNow() });

    public Task FinishAsync(Session session, string id) => session.RunAsync("update external_attempt set finished_at = @now where id = @id", new { id, now = clock.GetUtcNow() });

    private const string Columns = "id, provider, person_id, next_path, subject, email, email_verified, display_name";
}

/// <summary>One trip; who the provider says it was is known once it was answered.</summary>
public sealed record ExternalAttempt
{
    public string Id { get; init; } = "";
    public string Provider { get; init; } = "";

    /// <summary>Who wants to link; <c>null</c> to sign in.</summary>
    public string? PersonId { get; init; }
    public string NextPath { get; init; } = "/";
    public string Subject { get; init; } = "";
    public string? Email { get; init; }

    /// <summary>The provider vouches for <see cref="Email"/>.</summary>
    public bool EmailVerified { get; init; }
    public string? DisplayName { get; init; }

    /// <summary>The e-mail as far as it proves anything.</summary>
    public string? ProvenEmail => EmailVerified ? Email : null;
}
