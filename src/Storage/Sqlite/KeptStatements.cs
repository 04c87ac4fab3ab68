using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Holdfast.Storage.Sqlite;

/// <summary>A connection that compiles each statement once. SQLite spends longer on reading most of our statements than on running them.</summary>
internal sealed class KeptStatements(string connectionString) : SqliteConnection(connectionString)
{
    // More than we have; texts made of lists differ with the list's length and must not pile up: with the last of them all go, and those in use are soon back.
    private const int Most = 300;

    private readonly Dictionary<string, SqliteCommand> idle = new(StringComparer.Ordinal);

    /// <summary>Runs a statement without parameters or answer.</summary>
    public void Run(string sql)
    {
        var command = Take(sql);
        try
        {
            command.ExecuteNonQuery();
        }
        catch
        {
            command.Dispose();
            throw;
        }
        GiveBack(sql, command);
    }

    protected override DbCommand CreateDbCommand() => new Command { Connection = this };

    private SqliteCommand Take(string sql)
    {
        if (idle.Remove(sql, out var kept))
            return kept;
        var made = CreateCommand();
#pragma warning disable CA2100 // the texts are ours; values travel as parameters
        made.CommandText = sql;
#pragma warning restore CA2100
        return made;
    }

    // One that failed is not given back: it goes with its connection.
    private void GiveBack(string sql, SqliteCommand command)
    {
        command.Parameters.Clear();
        if (idle.Count >= Most)
            Forget();
        if (!idle.TryAdd(sql, command))
            command.Dispose();
    }

    private void Forget()
    {
        foreach (var command in idle.Values)
            command.Dispose();
        idle.Clear();
    }

    /// <summary>What Dapper fills in. It borrows the compiled statement of its text while it runs.</summary>
    private sealed class Command : SqliteCommand
    {
        private SqliteCommand? borrowed;
        private bool hasFailed;

        public override int ExecuteNonQuery() => Using(static command => command.ExecuteNonQuery());

        public override object? ExecuteScalar() => Using(static command => command.ExecuteScalar());

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => Using(command => command.ExecuteReader(behavior));

        protected override void Dispose(bool disposing)
        {
            if (disposing && borrowed is not null)
            {
                if (hasFailed)
                    borrowed.Dispose();
                else
                    Kept.GiveBack(CommandText, borrowed);
                borrowed = null;
            }
            base.Dispose(disposing);
        }

        private KeptStatements Kept => (KeptStatements)Connection!; // made by it

        private T Using<T>(Func<SqliteCommand, T> run)
        {
            hasFailed = true;
            borrowed ??= Kept.Take(CommandText);
            borrowed.Parameters.Clear();
            foreach (SqliteParameter parameter in Parameters)
                borrowed.Parameters.Add(parameter);
            var answer = run(borrowed);
            hasFailed = false;
            return answer;
        }
    }
}
