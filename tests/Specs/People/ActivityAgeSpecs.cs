using Holdfast.People;
using Holdfast.People.Activity;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.People;

public sealed class ActivityAgeSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task What_happened_is_kept_for_half_a_year(Engine engine)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(engine, typeof(PeopleStore).Assembly);
        var clock = new TestClock(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));
        var ulids = new Ulids(clock, new SystemSecrets());
        var log = new ActivityLog(database, ulids, clock);
        var ada = ((SignUpResult.Added)await new PeopleStore(database, QuickHashes.New(), ulids, clock).SignUpAsync(new NewPerson("ada", "correct horse"))).Person.Id;
        var tidy = new TidyActivity(database, clock);
        await log.AddAsync(Caller.From("192.0.2.1"), ada, ActivityKind.PasswordChanged);
        clock.Advance(TimeSpan.FromDays(179));
        await log.AddAsync(Caller.From("192.0.2.1"), ada, ActivityKind.SignedIn, "Password");

        await tidy.RunDueAsync(CancellationToken.None);
        Assert.Equal(2, (await log.ListAsync(ada, 10)).Count);
        clock.Advance(TimeSpan.FromDays(2));
        while (await tidy.RunDueAsync(CancellationToken.None)) ;

        Assert.Equal(ActivityKind.SignedIn, Assert.Single(await log.ListAsync(ada, 10)).Kind);
    }
}
