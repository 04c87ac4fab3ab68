using Holdfast.Storage;

namespace Holdfast.Specs.Storage;

public sealed class DoorSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_write_that_throws_leaves_nothing_and_takes_no_neighbour_with_it(Engine engine)
    {
        await using var database = await WithNotesAsync(engine);

        var neighbours = Enumerable.Range(0, 20).Select(i => AddAsync(database, $"kept {i}")).ToList();
        var failing = database.WriteAsync(async session =>
        {
            await session.RunAsync("insert into note values ('lost')");
            throw new InvalidDataException("on purpose");
        });

        await Assert.ThrowsAsync<InvalidDataException>(() => failing);
        await Task.WhenAll(neighbours);
        Assert.Equal(20, await CountAsync(database));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_signal_is_raised_after_the_commit_and_never_for_a_write_that_failed(Engine engine)
    {
        await using var database = await WithNotesAsync(engine);
        var heard = new List<string>();
        using var listening = database.Signals.Listen(_ => true, heard.Add);

        await database.WriteAsync(async session => { await session.RunAsync("insert into note values ('a')"); session.Signal("notes"); });
        await Assert.ThrowsAsync<InvalidDataException>(() => database.WriteAsync(session => { session.Signal("never"); throw new InvalidDataException(); }));

        Assert.Equal(["notes"], heard);
    }

    [Fact]
    public async Task A_transaction_that_awaits_the_outside_world_is_refused()
    {
        await using var database = await WithNotesAsync(Engine.Sqlite);
        var outside = new TaskCompletionSource<int>();

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.WriteAsync(_ => outside.Task));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Instants_flags_and_bytes_come_back_as_they_went(Engine engine)
    {
        await using var database = await DatabaseUnderTest.CreateAsync(engine);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(1_793_491_200_123);
        await database.WriteAsync(async session =>
        {
            await session.RunAsync("create table thing (at bigint, maybe_at bigint, flag boolean not null, data bytea, size bigint not null)");
            await session.RunAsync("insert into thing values (@at, @nothing, @flag, @data, @size)", new { at, nothing = (DateTimeOffset?)null, flag = true, data = new byte[] { 1, 2 }, size = long.MaxValue });
        });

        var thing = await database.ReadAsync(session => session.FirstAsync<Thing>("select * from thing where flag = true"));

        Assert.NotNull(thing);
        Assert.Equal(at, thing.At);
        Assert.Null(thing.MaybeAt);
        Assert.True(thing.Flag);
        Assert.Equal([1, 2], thing.Data);
        Assert.Equal(long.MaxValue, thing.Size);
    }

    [Fact]
    public async Task What_was_answered_survives_closing_the_file()
    {
        var folder = Directory.CreateTempSubdirectory("holdfast-door").FullName;
        await using (var first = Databases.Open("x", folder, null, TestClock.System))
            await first.WriteAsync(session => session.RunAsync("create table note (text text not null)"));

        await using var second = Databases.Open("x", folder, null, TestClock.System);
        Assert.Equal(0, await CountAsync(second));
    }

    private static async Task<Database> WithNotesAsync(Engine engine)
    {
        var database = await DatabaseUnderTest.CreateAsync(engine);
        await database.WriteAsync(session => session.RunAsync("create table note (text text not null)"));
        return database;
    }

    private static Task AddAsync(Database database, string text) =>
        database.WriteAsync(session => session.RunAsync("insert into note values (@text)", new { text }));

    private static Task<long> CountAsync(Database database) =>
        database.ReadAsync(session => session.FirstAsync<long>("select count(*) from note"));

    private sealed record Thing
    {
        public DateTimeOffset At { get; init; }
        public DateTimeOffset? MaybeAt { get; init; }
        public bool Flag { get; init; }
        public byte[] Data { get; init; } = [];
        public long Size { get; init; }
    }
}
