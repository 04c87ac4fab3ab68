using Holdfast.People.Passwords;
using Holdfast.Storage;

namespace Holdfast.People.SignIn;

/// <summary>Checks a user name or e-mail and a password.</summary>
public sealed class PasswordSignIn
{
    private readonly Database database;
    private readonly PasswordHashes hashes;
    private readonly Throttle throttle;

    public PasswordSignIn(Database database, PasswordHashes hashes, TimeProvider clock)
    {
        this.database = database;
        this.hashes = hashes;
        throttle = new Throttle(database, clock);
    }

    /// <summary>The answer never tells whether the account exists.</summary>
    /// <param name="address">The remote address, for throttling.</param>
    public async Task<SignInResult> TryAsync(string login, string password, string address, CancellationToken aborted = default)
    {
        var account = login.Trim().ToLowerInvariant();
        if (await throttle.WaitAsync(account, address, aborted) is { Ticks: > 0 } wait)
            return new SignInResult.Wait(wait);

        var row = await database.ReadAsync(session => session.FirstAsync<Row>("select id, password_hash from person where user_name = @account or email = @account", new { account }), aborted);
        if (!hashes.Matches(row?.PasswordHash, password))
        {
            await throttle.FailedAsync(account, address, aborted);
            return new SignInResult.Wrong();
        }

        await throttle.SucceededAsync(account, aborted);
        return new SignInResult.Right(row!.Id); // only a found row can match
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string PasswordHash { get; init; } = "";
    }
}

public abstract record SignInResult
{
    private SignInResult() { }

    public sealed record Right(string PersonId) : SignInResult;

    /// <summary>Unknown account or wrong password: deliberately one answer.</summary>
    public sealed record Wrong : SignInResult;

    /// <summary>Too many failures lately; the same try is welcome after this long.</summary>
    public sealed record Wait(TimeSpan For) : SignInResult;
}
