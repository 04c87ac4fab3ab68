using Holdfast.People.Letters;
using Holdfast.People.SecondFactor;
using Holdfast.People.Sessions;
using Holdfast.Shell.Language;
using Holdfast.Storage;

namespace Holdfast.People.Account;

/// <summary>Deletes an account for good, after its user name was typed, and its password or, where there is none, a young sign-in shown.</summary>
/// <remarks>One transaction; everything that hangs on the person goes with the row, so a new table is deleted from by default. Files follow through <see cref="RemoveBlobs"/>.</remarks>
public sealed class DeleteAccount(
    Database database, Proof proof, IEnumerable<ICredentialListener> credentials, IEnumerable<IAccountListener> listeners, LetterBox letters, Ulids ulids, TimeProvider clock)
{
    public async Task<DeleteResult> RunAsync(HttpContext http, string userName, string password, Texts texts)
    {
        var personId = http.User.Id();
        if (!string.Equals(userName.Trim().TrimStart('@'), http.User.UserName(), StringComparison.OrdinalIgnoreCase))
            return new DeleteResult.WrongName();
        switch (await proof.PasswordAsync(http, password))
        {
            case ProofAnswer.Wait(var wait):
                return new DeleteResult.Wait(wait);
            case ProofAnswer.Wrong:
                return new DeleteResult.WrongPassword();
            case ProofAnswer.SignInAgain:
                return new DeleteResult.SignInAgain();
        }
        await database.WriteAsync(session => DeleteAsync(session, personId, texts), http.RequestAborted);
        return new DeleteResult.Deleted();
    }

    /// <summary>Without asking for proof: for whoever runs this installation.</summary>
    public Task ForAsync(string personId, Texts texts, CancellationToken aborted) => database.WriteAsync(session => DeleteAsync(session, personId, texts), aborted);

    private async Task DeleteAsync(Session session, string personId, Texts texts)
    {
        var now = clock.GetUtcNow();
        if (await session.FirstAsync<Person>("select id, user_name, email from person where id = @personId", new { personId }) is not { } person)
            return; // another tab was faster
        var standIn = ulids.Next();
        // No sign-up can take this name: it holds a dash.
        await session.RunAsync("insert into person (id, user_name, display_name, password_hash, created_at) values (@standIn, @name, '', '', @now)", new { standIn, name = $"deleted-{standIn}", now });

        foreach (var listener in credentials)
            await listener.ChangedAsync(session, personId, now);
        foreach (var listener in listeners)
            await BlobRemoval.AddAsync(session, await listener.LeavingAsync(session, personId, standIn, now), now);
        await session.RunAsync("delete from person where id = @personId", new { personId });

        if (person.Email is { } email)
        {
            await session.RunAsync("delete from letter where recipient = @email", new { email });
            await letters.AddAsync(session, Words.AccountDeleted(texts, email, person.UserName));
        }
    }
}

/// <summary>What became of a deletion.</summary>
public abstract record DeleteResult
{
    private DeleteResult() { }

    public sealed record Deleted : DeleteResult;

    public sealed record WrongName : DeleteResult;

    public sealed record WrongPassword : DeleteResult;

    public sealed record Wait(TimeSpan For) : DeleteResult;

    /// <summary>There is no password, and the sign-in is not young enough to stand in for it.</summary>
    public sealed record SignInAgain : DeleteResult;
}
