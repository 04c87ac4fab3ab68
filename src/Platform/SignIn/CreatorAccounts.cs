using Holdfast.People;
using Holdfast.Storage;

namespace Holdfast.Platform.SignIn;

/// <summary>Signs people up: whoever can sign in here is a creator with a profile.</summary>
internal sealed class CreatorAccounts(PeopleStore people, Database database, TimeProvider clock)
{
    public async Task<SignUpResult> SignUpAsync(NewPerson wanted, CancellationToken aborted = default)
    {
        var result = await people.SignUpAsync(wanted, aborted);
        if (result is SignUpResult.Added(var person))
            await EnsureCreatorAsync(person.Id, aborted);
        return result;
    }

    /// <summary>Two transactions make an account, so sign-in mends one that a crash left without its profile.</summary>
    public Task EnsureCreatorAsync(string personId, CancellationToken aborted = default) => database.WriteAsync(session => session.RunAsync(
        "insert into creator (person_id, created_at) values (@personId, @now) on conflict do nothing", new { personId, now = clock.GetUtcNow() }), aborted);
}
