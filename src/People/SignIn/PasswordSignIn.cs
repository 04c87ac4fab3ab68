using Holdfast.People.Activity;
using Holdfast.People.Email;
using Holdfast.People.Passwords;
using Holdfast.People.Sessions;
using Holdfast.Storage;

namespace Holdfast.People.SignIn;

/// <summary>Checks a user name or e-mail and a password.</summary>
public sealed class PasswordSignIn
{
    private const string ByLogin = "select id, @subject as name, password_hash from person where user_name = @subject or email = @subject";
    private const string ById = "select id, user_name as name, password_hash from person where id = @subject";

    private readonly Database database;
    private readonly PasswordHashes hashes;
    private readonly ActivityLog activity;
    private readonly Throttle throttle;

    public PasswordSignIn(Database database, PasswordHashes hashes, ActivityLog activity, TimeProvider clock)
    {
        this.activity = activity;
        this.database = database;
        this.hashes = hashes;
        throttle = new Throttle(database, clock);
    }

    /// <summary>The answer never tells whether the account exists.</summary>
    public Task<SignInResult> TryAsync(string login, string password, HttpContext http) => CheckAsync(ByLogin, EmailRule.Normal(login), password, ActivityKind.SignInFailed, http);

    /// <summary>Asks a signed-in person once more, before something that cannot be taken back. Guesses count like those at sign-in, and are written down as what they are.</summary>
    public Task<SignInResult> ConfirmAsync(string personId, string password, HttpContext http) => CheckAsync(ById, personId, password, ActivityKind.ConfirmationFailed, http);

    /// <summary>How long the next try from here has to wait; it counts as none.</summary>
    /// <param name="personId">Who is asking, when it is known.</param>
    public Task<TimeSpan> WaitAsync(string? personId, HttpContext http) => throttle.WaitAsync(personId, SessionCookie.Address(http), http.RequestAborted);

    private async Task<SignInResult> CheckAsync(string find, string subject, string password, ActivityKind missed, HttpContext http)
    {
        var (address, aborted) = (SessionCookie.Address(http), http.RequestAborted);
        var (row, reservation) = await database.WriteAsync(async session =>
        {
            var found = await session.FirstAsync<Row>(find, new { subject });
            // Counted by what was typed: a count shared by user name and e-mail would tell that they belong together (attack case 80).
            return (found, await throttle.ReserveAsync(session, found?.Id ?? subject, found?.Name ?? subject, address));
        }, aborted);
        if (reservation.Wait > TimeSpan.Zero)
            return new SignInResult.Wait(reservation.Wait);
        if (!hashes.Matches(row?.PasswordHash, password))
        {
            await database.WriteAsync(async session =>
            {
                await Throttle.TouchAsync(session, reservation);
                await activity.MissedAsync(session, http, row?.Id, "Password", missed);
            }, aborted);
            return new SignInResult.Wrong();
        }

        await throttle.GiveBackAsync(reservation, row!.Id, address, aborted); // only a found row can match
        return new SignInResult.Right(row.Id) { Hash = row.PasswordHash };
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";

        /// <summary>What it is counted by.</summary>
        public string Name { get; init; } = "";
        public string PasswordHash { get; init; } = "";
    }
}

public abstract record SignInResult
{
    private SignInResult() { }

    public sealed record Right(string PersonId) : SignInResult
    {
        /// <summary>The hash that the password fitted: a sign-in ends here if it is another one by then.</summary>
        internal string Hash { get; init; } = "";
    }

    /// <summary>Unknown account or wrong password: deliberately one answer.</summary>
    public sealed record Wrong : SignInResult;

    /// <summary>Too many failures lately; the same try is welcome after this long.</summary>
    public sealed record Wait(TimeSpan For) : SignInResult;
}
