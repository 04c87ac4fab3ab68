using Holdfast.People;
using Holdfast.People.Sessions;
using Holdfast.People.SignIn;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.People;

public sealed class SignInSpecs
{
    private readonly TestClock clock = new(DateTimeOffset.FromUnixTimeSeconds(1_793_491_200));

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task The_right_password_signs_in_by_user_name_and_by_email(Engine engine)
    {
        await using var database = await WithAdaAsync(engine);
        var signIn = Caller.SignIn(database, QuickHashes.New(), clock);

        Assert.IsType<SignInResult.Right>(await signIn.TryAsync(" Ada ", "correct horse", Caller.From("::1")));
        Assert.IsType<SignInResult.Right>(await signIn.TryAsync("ADA@example.test", "correct horse", Caller.From("::1")));
        Assert.IsType<SignInResult.Wrong>(await signIn.TryAsync("ada", "wrong horse", Caller.From("::1")));
        Assert.IsType<SignInResult.Wrong>(await signIn.TryAsync("nobody", "correct horse", Caller.From("::1")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Guessing_makes_the_next_try_wait_but_never_locks_the_account(Engine engine)
    {
        await using var database = await WithAdaAsync(engine);
        var signIn = Caller.SignIn(database, QuickHashes.New(), clock);
        for (var i = 0; i < 6; i++)
            await signIn.TryAsync("ada", $"guess {i}", Caller.From("::1"));

        var wait = Assert.IsType<SignInResult.Wait>(await signIn.TryAsync("ada", "correct horse", Caller.From("::1")));
        clock.Advance(wait.For);

        Assert.InRange(wait.For, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.IsType<SignInResult.Right>(await signIn.TryAsync("ada", "correct horse", Caller.From("::1")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_name_belongs_to_one_person_however_many_ask_at_once(Engine engine)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(engine, typeof(PeopleStore).Assembly);
        var people = People(database);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => people.SignUpAsync(new NewPerson("bruno", "correct horse"))));

        Assert.Single(answers, answer => answer is SignUpResult.Added);
    }

    [Theory]
    [InlineData("a", "long enough", SignUpProblem.UserName)]
    [InlineData("has space", "long enough", SignUpProblem.UserName)]
    [InlineData("аda", "long enough", SignUpProblem.UserName)]
    [InlineData("ada", "short", SignUpProblem.PasswordTooShort)]
    [InlineData("ada", "nul\0inside it", SignUpProblem.PasswordUnreadable)]
    public void What_cannot_be_a_name_or_password_is_refused_by_its_reason(string name, string password, SignUpProblem problem) =>
        Assert.Equal(problem, SignUpRule.ProblemWith(new NewPerson(name, password)));

    [Theory, MemberData(nameof(Engines))]
    public async Task A_session_ends_on_the_server_and_its_cookie_value_is_not_in_the_database(Engine engine)
    {
        await using var database = await WithAdaAsync(engine);
        var sessions = new SessionStore(database, new SystemSecrets(), clock);
        var ada = await People(database).FindByUserNameAsync("ada");
        var cookie = await sessions.BeginAsync(ada!.Id, "test", "::1");

        var found = await sessions.FindAsync(cookie);
        var stored = await database.ReadAsync(session => session.FirstAsync<string>("select digest from session"));
        await sessions.EndAsync(cookie);

        Assert.Equal(ada.Id, found?.PersonId);
        Assert.NotEqual(cookie, stored);
        Assert.Null(await sessions.FindAsync(cookie));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_unused_session_ends_by_itself_and_a_used_one_goes_on(Engine engine)
    {
        await using var database = await WithAdaAsync(engine);
        var sessions = new SessionStore(database, new SystemSecrets(), clock);
        var ada = await People(database).FindByUserNameAsync("ada");
        var used = await sessions.BeginAsync(ada!.Id, "test", "::1");
        var unused = await sessions.BeginAsync(ada.Id, "test", "::1");

        clock.Advance(SessionStore.IdleFor / 2);
        Assert.NotNull(await sessions.FindAsync(used));
        clock.Advance(SessionStore.IdleFor / 2 + TimeSpan.FromMinutes(1));

        Assert.NotNull(await sessions.FindAsync(used));
        Assert.Null(await sessions.FindAsync(unused));
    }

    [Theory]
    [InlineData("/accounts?x=1", "/accounts?x=1")]
    [InlineData("//evil.example", "/home")]
    [InlineData("/\\evil.example", "/home")]
    [InlineData("https:evil.example", "/home")]
    [InlineData("javascript:alert(1)", "/home")]
    [InlineData("/a\r\nSet-Cookie: x", "/home")]
    [InlineData("/ü", "/home")]
    [InlineData(null, "/home")]
    public void After_sign_in_only_our_own_pages_are_reached(string? next, string reached) =>
        Assert.Equal(reached, LocalPath.Or(next, "/home"));

    private PeopleStore People(Database database) => new(database, QuickHashes.New(), new Ulids(clock, new SystemSecrets()), clock);

    private async Task<Database> WithAdaAsync(Engine engine)
    {
        var database = await DatabaseUnderTest.CreateAsync(engine, typeof(PeopleStore).Assembly);
        Assert.IsType<SignUpResult.Added>(await People(database).SignUpAsync(new NewPerson("ada", "correct horse", "ada@example.test")));
        return database;
    }
}
