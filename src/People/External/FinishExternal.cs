using Holdfast.People.Activity;
using Holdfast.People.Passwords;
using Holdfast.Storage;

namespace Holdfast.People.External;

/// <summary>What a person does with an account elsewhere that opens nothing here yet: make an account of it, or link it to one they sign in to.</summary>
public sealed class FinishExternal
{
    private readonly ExternalAttempts attempts;
    private readonly ExternalLogins logins;
    private readonly BrowserKey browser;
    private readonly Database database;
    private readonly ActivityLog activity;
    private readonly Ulids ulids;
    private readonly TimeProvider clock;

    internal FinishExternal(ExternalAttempts attempts, ExternalLogins logins, BrowserKey browser, Database database, ActivityLog activity, Ulids ulids, TimeProvider clock) =>
        (this.attempts, this.logins, this.browser, this.database, this.activity, this.ulids, this.clock) = (attempts, logins, browser, database, activity, ulids, clock);

    /// <summary>What waits for this browser's person; <c>null</c> when it is another browser's, was used, or has lapsed.</summary>
    public async Task<WaitingIdentity?> FindAsync(HttpContext http, string attemptId)
    {
        if (await attempts.FindAsync(attemptId, browser.Read(http), http.RequestAborted) is not { } attempt)
            return null;
        // Only who proved the e-mail learns that an account names it (attack case 80).
        return await database.ReadAsync(async session => new WaitingIdentity(
            attempt, await FreeUserNameAsync(session, attempt), await LocalEmail.OwnerAsync(session, attempt.ProvenEmail)), http.RequestAborted);
    }

    // A user name is public, so a page may show that one is taken by proposing the next.
    private static async Task<string> FreeUserNameAsync(Session session, ExternalAttempt attempt)
    {
        var names = IdentityRule.ProposeUserNames(attempt.Email, attempt.DisplayName).ToArray();
        var taken = await session.ListAsync<string>($"select user_name from person where user_name {session.IsIn("names")}", new { names });
        return names.Except(taken, StringComparer.Ordinal).FirstOrDefault() ?? "";
    }

    /// <summary>Makes an account without a password. It gets the e-mail only if the provider vouches for it and no account here names it.</summary>
    public async Task<SignUpExternalResult> SignUpAsync(HttpContext http, string attemptId, string userName)
    {
        var name = userName.Trim();
        if (!SignUpRule.IsUserName(name))
            return new SignUpExternalResult.Refused(SignUpProblem.UserName);
        if (browser.Read(http) is not { } key)
            return new SignUpExternalResult.Lapsed();
        var result = await database.WriteAsync(session => SignUpAsync(session, http, key, attemptId, name), http.RequestAborted);
        if (result is SignUpExternalResult.SignedUp)
            browser.Drop(http);
        return result;
    }

    private async Task<SignUpExternalResult> SignUpAsync(Session session, HttpContext http, string key, string attemptId, string name)
    {
        if (await attempts.FindAsync(session, attemptId, key, toUse: true) is not { } attempt
            || await ExternalLogins.OwnerAsync(session, attempt.Provider, attempt.Subject) is not null)
        {
            return new SignUpExternalResult.Lapsed();
        }
        var id = ulids.Next();
        var now = clock.GetUtcNow();
        var email = await LocalEmail.OwnerAsync(session, attempt.ProvenEmail) is null ? attempt.ProvenEmail : null;
        var added = await session.RunAsync("""
            insert into person (id, user_name, email, display_name, password_hash, created_at) values (@id, @userName, @email, @displayName, @none, @now)
            on conflict do nothing
            """, new { id, userName = name.ToLowerInvariant(), email, displayName = attempt.DisplayName ?? name, none = PasswordHashes.None, now });
        if (added == 0)
            return await ExternalLogins.OwnerAsync(session, attempt.Provider, attempt.Subject) is null ? new SignUpExternalResult.Refused(SignUpProblem.Taken) : new SignUpExternalResult.Lapsed();
        if (await logins.LinkAsync(session, id, attempt.Provider, Who(attempt)) is not Linking.Added)
        {
            // Another browser of the same person was faster.
            await session.RunAsync("delete from person where id = @id", new { id });
            return new SignUpExternalResult.Lapsed();
        }
        await activity.AddAsync(session, http, id, ActivityKind.ExternalLinked, attempt.Provider);
        if (email is not null)
            await LocalEmail.ConfirmAsync(session, id, now);
        await attempts.FinishAsync(session, attempt.Id);
        return new SignUpExternalResult.SignedUp(id, attempt.NextPath);
    }

    /// <summary>Links what waits to the account that is signed in: the person has seen both names, pressed a button and proven that it is they.</summary>
    /// <param name="isSure">They said once more that they mean this account, although another one names the e-mail.</param>
    public async Task<LinkResult> LinkAsync(HttpContext http, string personId, string attemptId, bool isSure)
    {
        if (browser.Read(http) is not { } key || await attempts.FindAsync(attemptId, key, http.RequestAborted) is not { } waiting)
            return new LinkResult.Lapsed();
        LinkResult result = new LinkResult.Lapsed();
        await logins.LinkAsync(http, personId, waiting.Provider, async session =>
        {
            (result, var linking) = await LinkAsync(session, personId, attemptId, key, isSure);
            return linking;
        });
        if (result is LinkResult.Linked)
            browser.Drop(http);
        return result;
    }

    private async Task<(LinkResult, Linking)> LinkAsync(Session session, string personId, string attemptId, string key, bool isSure)
    {
        if (await attempts.FindAsync(session, attemptId, key, toUse: true) is not { } attempt)
            return (new LinkResult.Lapsed(), Linking.Elsewhere);
        if (!isSure && await LocalEmail.OwnerAsync(session, attempt.ProvenEmail) is { } owner && owner != personId)
            return (new LinkResult.LookAgain(), Linking.Elsewhere);
        var linking = await logins.LinkAsync(session, personId, attempt.Provider, Who(attempt));
        if (linking is Linking.Elsewhere)
            return (new LinkResult.LinkedElsewhere(), linking);
        await attempts.FinishAsync(session, attempt.Id);
        return (new LinkResult.Linked(attempt.NextPath), linking);
    }

    private static ExternalIdentity Who(ExternalAttempt attempt) => new(attempt.Subject, attempt.Email, attempt.EmailVerified, attempt.DisplayName);
}

/// <summary>An account elsewhere that waits for its person's decision.</summary>
/// <param name="OwnerId">The account here that names the e-mail which the provider vouches for.</param>
public sealed record WaitingIdentity(ExternalAttempt Attempt, string ProposedUserName, string? OwnerId)
{
    public bool EmailIsTaken => OwnerId is not null;
}

public abstract record SignUpExternalResult
{
    private SignUpExternalResult() { }

    public sealed record SignedUp(string PersonId, string Next) : SignUpExternalResult;

    public sealed record Refused(SignUpProblem Problem) : SignUpExternalResult;

    /// <summary>Nothing waits for this browser any more: begin again.</summary>
    public sealed record Lapsed : SignUpExternalResult;
}

public abstract record LinkResult
{
    private LinkResult() { }

    public sealed record Linked(string Next) : LinkResult;

    public sealed record LinkedElsewhere : LinkResult;

    /// <summary>Another account here names the e-mail: nothing is linked before the person has said that they mean this one.</summary>
    public sealed record LookAgain : LinkResult;

    /// <summary>Nothing waits for this browser any more: begin again.</summary>
    public sealed record Lapsed : LinkResult;
}
