using System.Data.Common;
using System.Globalization;
using Holdfast.Cli.Up;
using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Microsoft.Data.Sqlite;

namespace Holdfast.Cli.Doctor;

/// <summary>One app's database: reached, whole, at this version's schema, and taking writes.</summary>
internal static class DatabaseChecks
{
    /// <summary>Why there is none to look at; null when there is one, or a server has it.</summary>
    public static Check? Missing(string name, UpSettings up) => Glance.At(up.Data, name + ".db") switch
    {
        Sight.Closed => Glance.Closed("database", up.Data),
        _ when up.Database is null && File.Exists(up.Data) => Check.Fail("database", $"{name} has no database: {up.Data} is a file.", "Give the data folder with --data."),
        Sight.Absent when up.Database is null || !Directory.Exists(up.Data) => Check.Warn("database", $"{name} has no database yet in {up.Data}.", "Start it once with the same --data: holdfast up makes it."),
        _ => null,
    };

    public static async Task<IReadOnlyList<Check>> OfAsync(string name, WebApplication app, TimeProvider clock, CancellationToken stopping)
    {
        var checks = new List<Check>();
        try
        {
            var database = app.Services.GetRequiredService<Database>(); // opens the file
            var since = clock.GetTimestamp();
            var version = await database.ReadAsync(session => session.FirstAsync<string>(session.Engine is Engine.Sqlite ? "select sqlite_version()" : "show server_version"), stopping);
            checks.Add(Check.Ok("database", $"{name}: {database.Engine} {version} answers in {clock.GetElapsedTime(since).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms."));
            if (database.Engine is Engine.Sqlite)
                checks.AddRange(await WholeAsync(name, database, stopping));
            checks.Add(await SchemaAsync(name, app));
            checks.Add(await WritesAsync(name, database, stopping));
        }
        catch (Exception refused) when (refused is DbException or IOException or TimeoutException)
        {
            checks.Add(Refused(name, refused));
        }
        return checks;
    }

    private static async Task<IEnumerable<Check>> WholeAsync(string name, Database database, CancellationToken stopping)
    {
        var (journal, whole) = await database.ReadAsync(async session => (await session.FirstAsync<string>("pragma journal_mode"), await session.ListAsync<string>("pragma quick_check(3)")), stopping);
        return
        [
            journal is "wal"
                ? Check.Ok("database", $"{name}: write-ahead log on.")
                : Check.Warn("database", $"{name}: the write-ahead log cannot be switched on ({journal}); readers and writer stand in each other's way.", "Put the data folder on a local disk: network disks cannot do this."),
            whole is ["ok"]
                ? Check.Ok("database", $"{name}: whole.")
                : Check.Fail("database", $"{name}: damaged ({string.Join("; ", whole)}).", "Stop Holdfast, keep a copy of the files, and restore the last backup."),
        ];
    }

    private static async Task<Check> SchemaAsync(string name, WebApplication app)
    {
        var (pending, strangers) = await app.CompareSchemaAsync();
        return strangers.Count > 0 ? Check.Fail("database", $"{name}: written by a newer Holdfast (it has {strangers[0]}).", "Start that version, or restore a backup from before the upgrade.")
            : pending.Count > 0 ? Check.Fail("database", $"{name}: {pending.Count} changes of this version are not applied yet, the first is {pending[0]}.", "Start this version once: it brings the database up to date. What is looked at below needs that.")
            : Check.Ok("database", $"{name}: schema of this version.");
    }

    /// <summary>Writes a row and takes the whole transaction back.</summary>
    private static async Task<Check> WritesAsync(string name, Database database, CancellationToken stopping)
    {
        try
        {
            await database.WriteAsync<bool>(async session =>
            {
                await session.RunAsync("insert into migration (name, applied_at) values ('doctor', 0)");
                throw new TakenBack();
            }, stopping);
        }
        catch (TakenBack)
        {
            return Check.Ok("database", $"{name}: takes writes.");
        }
        catch (DbException refused)
        {
            return Check.Fail("database", $"{name}: takes no writes: {refused.Message}", "Look at the rights of this user, at the disk's space, and whether another program holds the database.");
        }
        throw new System.Diagnostics.UnreachableException();
    }

    /// <summary>Why it cannot be used.</summary>
    public static Check Refused(string name, Exception refused) => refused switch
    {
        DbException { SqlState: "28P01" or "28000" } => Check.Fail("database", $"{name}: PostgreSQL does not accept user and password.", "Correct --database or HOLDFAST_DATABASE."),
        DbException { SqlState: "3D000" } => Check.Fail("database", $"{name}: there is no such PostgreSQL database.", "Create it, or correct --database or HOLDFAST_DATABASE."),
        DbException { SqlState: "42P01" } => Check.Fail("database", $"{name}: it has no tables yet.", "Start holdfast up once with the same options."),
        SqliteException => Check.Fail("database", $"{name}: {refused.Message}", "Stop Holdfast, keep a copy of the file, and restore the last backup; or give the right folder with --data."),
        _ => Check.Fail("database", $"{name}: PostgreSQL is not reached: {refused.Message}", "Look whether the server runs, and at host and port in --database or HOLDFAST_DATABASE."),
    };

    private sealed class TakenBack : Exception;
}
