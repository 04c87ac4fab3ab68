using Holdfast.Storage;
using Holdfast.Storage.Sqlite;
using SQLitePCL;

namespace Holdfast.Specs.Storage;

/// <summary>A compiled statement that is used again knows nothing of the time before.</summary>
public sealed class KeptStatementSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_statement_that_failed_works_the_next_time_in_the_same_transaction_group(Engine engine)
    {
        await using var database = await WithTableAsync(engine);
        const string Add = "insert into thing (id, note) values (@id, @note)";
        await database.WriteAsync(session => session.RunAsync(Add, new { id = 1L, note = "a" }));

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.WriteAsync(session => session.RunAsync(Add, new { id = 1L, note = "b" })));
        await database.WriteAsync(session => session.RunAsync(Add, new { id = 2L, note = "c" }));

        Assert.Equal(["a", "c"], await database.ReadAsync(session => session.ListAsync<string>("select note from thing order by id")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_value_may_be_null_short_or_long_from_one_run_to_the_next(Engine engine)
    {
        await using var database = await WithTableAsync(engine);
        string?[] notes = ["first", null, new('x', 100_000), "", null, "last"];
        foreach (var (id, note) in notes.Index())
            await database.WriteAsync(session => session.RunAsync("insert into thing (id, note) values (@id, @note)", new { id = (long)id, note }));

        Assert.Equal(notes, await database.ReadAsync(session => session.ListAsync<string?>("select note from thing order by id")));
    }

    [Fact]
    public async Task A_value_that_is_not_given_is_an_error_and_never_the_value_of_before()
    {
        await using var database = await WithTableAsync(Engine.Sqlite);
        const string Find = "select count(*) from thing where note = @note";
        await database.ReadAsync(session => session.FirstAsync<long>(Find, new { note = "a" }));

        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ReadAsync(session => session.FirstAsync<long>(Find, new { other = "a" })));
        Assert.Equal(0, await database.ReadAsync(session => session.FirstAsync<long>(Find, new { note = "b" })));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_statement_run_twice_in_one_transaction_and_left_after_its_first_row_ends_cleanly(Engine engine)
    {
        await using var database = await WithTableAsync(engine);
        foreach (var id in Enumerable.Range(0, 50))
            await database.WriteAsync(session => session.RunAsync("insert into thing (id, note) values (@id, 'n')", new { id = (long)id }));

        var left = await database.WriteAsync(async session =>
        {
            for (var at = 0L; at < 50; at += 2)
            {
                var first = await session.FirstAsync<long>("select id from thing where id >= @at order by id", new { at });
                await session.RunAsync("delete from thing where id = @first", new { first });
            }
            return await session.ListAsync<long>("select id from thing order by id");
        });

        Assert.Equal(25, left.Count);
        await database.WriteAsync(session => session.RunAsync("drop table thing")); // nobody holds it open
    }

    [Fact]
    public async Task A_column_that_a_migration_adds_is_seen_by_a_statement_compiled_before_it()
    {
        await using var database = await WithTableAsync(Engine.Sqlite);
        await database.WriteAsync(session => session.RunAsync("insert into thing (id, note) values (1, 'a')"));
        Assert.Null((await database.ReadAsync(session => session.FirstAsync<Thing>("select * from thing")))!.Extra);

        await database.WriteAsync(session => session.RunAsync("alter table thing add column extra text default 'new'"));

        Assert.Equal(new Thing { Id = 1, Note = "a", Extra = "new" }, await database.ReadAsync(session => session.FirstAsync<Thing>("select * from thing")));
        Assert.Equal("a", (await database.WriteAsync(session => session.FirstAsync<Thing>("update thing set extra = 'x' returning *")))!.Note);
    }

    [Fact]
    public async Task A_thousand_different_texts_are_run_and_not_all_kept()
    {
        await using var database = await WithTableAsync(Engine.Sqlite);
        for (var round = 0; round < 2; round++)
        {
            for (var text = 0; text < 1_000; text++)
                Assert.Equal(text, await database.ReadAsync(session => session.FirstAsync<long>($"select @value + 0 * {text}", new { value = (long)text })));
        }
    }

    [Fact]
    public void A_statement_in_use_is_kept_however_many_others_were_run_before_it()
    {
        using var connection = new KeptStatements("Data Source=:memory:");
        connection.Open();
        connection.Handle!.enable_sqlite3_next_stmt(true); // an open connection has one
        for (var text = 0; text < 700; text++)
            connection.Run($"select {text}");

        connection.Run("select 'hot'");

        var kept = Kept(connection).ToList();
        Assert.Contains("select 'hot'", kept);
        Assert.InRange(kept.Count, 1, 300);
    }

    private static IEnumerable<string> Kept(KeptStatements connection)
    {
        for (var at = raw.sqlite3_next_stmt(connection.Handle!, null!); at is { IsInvalid: false }; at = raw.sqlite3_next_stmt(connection.Handle!, at)) // null asks for the first
            yield return raw.sqlite3_sql(at).utf8_to_string();
    }

    private static async Task<Database> WithTableAsync(Engine engine)
    {
        var database = await DatabaseUnderTest.CreateAsync(engine);
        await database.WriteAsync(session => session.RunAsync("create table thing (id bigint primary key, note text)"));
        return database;
    }

    private sealed record Thing
    {
        public long Id { get; init; }
        public string? Note { get; init; }
        public string? Extra { get; init; }
    }
}
