using Holdfast.People.Activity;
using Holdfast.People.Letters;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Email;

/// <summary>Gives an account an address, once a code sent there has come back.</summary>
/// <remarks>Whoever has proven an address keeps it. One that was only named at sign-up gives way to proof, so nobody can reserve another person's address.</remarks>
public sealed class ChangeEmail(Database database, EmailCodes codes, CodeCookie cookie, LetterBox letters, ActivityLog activity, TimeProvider clock)
{
    private const string IsTaken = "select count(*) from person where email = @address and email_verified_at is not null and id <> @personId";

    private const string Take = """
        update person set email = @Address, email_verified_at = @now, wanted_email = null
        where id = @PersonId and not exists (select 1 from person other where other.email = @Address and other.id <> @PersonId)
        """;

    /// <summary>Sends a code to an address. One that belongs to another account gets a letter that says so; the answer is the same.</summary>
    /// <returns><c>false</c> when too many were asked for from here.</returns>
    public async Task<bool> AskAsync(HttpContext http, string personId, string address, Texts texts)
    {
        var wanted = EmailRule.Normal(address);
        var handle = await codes.AskAsync(http, CodePurpose.Verify, async session =>
        {
            await session.RunAsync("update person set wanted_email = @wanted where id = @personId", new { wanted, personId });
            return new Recipient { PersonId = personId, Address = wanted, BelongsToAnother = await session.FirstAsync<long>(IsTaken, new { address = wanted, personId }) > 0 };
        }, (to, code) => to.BelongsToAnother ? Words.AddressTaken(texts, to.Address) : Words.Verify(texts, to.Address, code));
        if (handle is not null)
            cookie.Keep(http, CodePurpose.Verify, handle);
        return handle is not null;
    }

    /// <returns><c>false</c> when the code does not fit.</returns>
    public async Task<bool> ConfirmAsync(HttpContext http, string personId, string code, Texts texts)
    {
        var handle = cookie.Read(http, CodePurpose.Verify);
        var confirmed = await database.WriteAsync(async session =>
        {
            if (await codes.RedeemAsync(session, CodePurpose.Verify, handle, code) is not { } proof || proof.PersonId != personId)
                return false;
            await session.OneAtATimeAsync("email:" + proof.Address); // of two people who prove it at once, the first has it
            var before = await session.FirstAsync<Before>("select user_name, email from person where id = @personId", new { personId });
            await session.RunAsync("update person set email = null, wanted_email = email where email = @Address and email_verified_at is null and id <> @PersonId", proof);
            if (await session.RunAsync(Take, new { proof.Address, proof.PersonId, now = clock.GetUtcNow() }) == 0)
                return false;
            await activity.AddAsync(session, http, personId, ActivityKind.EmailChanged, proof.Address);
            if (before?.Email is { } old && old != proof.Address)
                await letters.AddAsync(session, Words.EmailChanged(texts, old, before.UserName));
            return true;
        }, http.RequestAborted);
        if (confirmed)
            cookie.Drop(http, CodePurpose.Verify);
        return confirmed;
    }

    /// <summary>What an account's address is, and what it wants it to be.</summary>
    public Task<EmailState> FindAsync(string personId, CancellationToken aborted = default) => database.ReadAsync(async session =>
        await session.FirstAsync<EmailState>("select email, email_verified_at is not null as is_verified, wanted_email from person where id = @personId", new { personId }) ?? new EmailState(), aborted);

    private sealed record Before
    {
        public string UserName { get; init; } = "";
        public string? Email { get; init; }
    }
}

/// <summary>An account's address.</summary>
public sealed record EmailState
{
    public string? Email { get; init; }
    public bool IsVerified { get; init; }

    /// <summary>Named, and waiting for its code.</summary>
    public string? WantedEmail { get; init; }

    /// <summary>The address a code should go to; <c>null</c> when there is nothing to prove.</summary>
    public string? Unproven => WantedEmail ?? (IsVerified ? null : Email);
}
