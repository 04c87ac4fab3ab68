using Holdfast.People;
using Holdfast.People.SignIn;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.People;

public sealed class ThrottleSpecs
{
    private readonly TestClock clock = new(DateTimeOffset.FromUnixTimeSeconds(1_793_491_200));

    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_81_parallel_guesses_cannot_outrun_the_count(Engine engine)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(engine, typeof(PeopleStore).Assembly);
        var hashes = QuickHashes.New();
        await new PeopleStore(database, hashes, new Ulids(clock, new SystemSecrets()), clock).SignUpAsync(new NewPerson("ada", "correct horse"));
        var signIn = Caller.SignIn(database, hashes, clock);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => signIn.TryAsync("ada", $"guess number {i}", Caller.From($"192.0.2.{i}")))));

        Assert.Equal(5, answers.Count(answer => answer is SignInResult.Wrong));
        Assert.All(answers.Where(answer => answer is not SignInResult.Wrong), answer => Assert.IsType<SignInResult.Wait>(answer));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Right_passwords_do_not_count_however_often_they_come(Engine engine)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(engine, typeof(PeopleStore).Assembly);
        var hashes = QuickHashes.New();
        await new PeopleStore(database, hashes, new Ulids(clock, new SystemSecrets()), clock).SignUpAsync(new NewPerson("ada", "correct horse"));
        var signIn = Caller.SignIn(database, hashes, clock);

        for (var i = 0; i < 25; i++)
            Assert.IsType<SignInResult.Right>(await signIn.TryAsync("ada", "correct horse", Caller.From("192.0.2.1")));
        Assert.Equal(0, await database.ReadAsync(session => session.FirstAsync<long>("select coalesce(sum(failures), 0) from sign_in_failure")));
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(900, 900)]
    public void Failures_altogether_are_forgotten_steadily_because_somewhere_somebody_always_mistypes(long failures, int seconds)
    {
        var left = ThrottleRule.Remembered(SubjectKind.Everybody, failures, TimeSpan.FromSeconds(seconds));

        Assert.InRange(left, 0, failures);
        Assert.Equal(Math.Max(0, failures - (long)(1_000.0 * seconds / 900)), left);
    }

    [Fact]
    public void A_wait_is_never_longer_than_a_minute()
    {
        foreach (var kind in Enum.GetValues<SubjectKind>())
            Assert.InRange(ThrottleRule.WaitAfter(kind, 1_000_000, underPressure: true), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }
}
