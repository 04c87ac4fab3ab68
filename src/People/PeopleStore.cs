using Holdfast.People.Email;
using Holdfast.People.Passwords;
using Holdfast.Storage;

namespace Holdfast.People;

/// <summary>Who there is.</summary>
public sealed class PeopleStore(Database database, PasswordHashes hashes, Ulids ulids, TimeProvider clock)
{
    private const string Columns = "id, user_name, email, display_name";

    public Task<Person?> FindAsync(string id, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<Person>($"select {Columns} from person where id = @id", new { id }), aborted);

    public Task<Person?> FindByUserNameAsync(string userName, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.FirstAsync<Person>($"select {Columns} from person where user_name = @name", new { name = userName.Trim().ToLowerInvariant() }), aborted);

    /// <summary>Adds a person, unless the user name or the e-mail is taken: that is decided by the insert itself.</summary>
    public async Task<SignUpResult> SignUpAsync(NewPerson wanted, CancellationToken aborted = default)
    {
        if (SignUpRule.ProblemWith(wanted) is { } problem)
            return new SignUpResult.Refused(problem);

        var person = new Person
        {
            Id = ulids.Next(),
            UserName = wanted.UserName.Trim().ToLowerInvariant(),
            Email = string.IsNullOrWhiteSpace(wanted.Email) ? null : EmailRule.Normal(wanted.Email),
            DisplayName = string.IsNullOrWhiteSpace(wanted.DisplayName) ? wanted.UserName.Trim() : wanted.DisplayName.Trim(),
        };
        var added = await database.WriteAsync(session => session.RunAsync("""
            insert into person (id, user_name, email, email_verified_at, display_name, password_hash, created_at)
            values (@Id, @UserName, @Email, case when @proven then cast(@now as bigint) end, @DisplayName, @hash, @now)
            on conflict do nothing
            """, new { person.Id, person.UserName, person.Email, proven = wanted.EmailIsProven && person.Email is not null, person.DisplayName, hash = hashes.Hash(wanted.Password), now = clock.GetUtcNow() }), aborted);
        return added == 1 ? new SignUpResult.Added(person) : new SignUpResult.Refused(SignUpProblem.Taken);
    }
}
