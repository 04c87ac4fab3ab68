using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Holdfast.Storage.Sqlite;

/// <summary>SQLite's one writer, on one dedicated thread: writes that wait together share one commit, and so one fsync.</summary>
/// <remarks>Each write stands in a savepoint of its own, so one that throws takes nobody with it. Answers are released only after the commit.</remarks>
internal sealed class WriteGate : IDisposable
{
    private const int LargestGroup = 200;

    private readonly BlockingCollection<Item> waiting = [];
    private readonly KeptStatements connection;
    private readonly Thread writer;
    private readonly SteadyClock leases;

    public WriteGate(KeptStatements connection, SteadyClock leases)
    {
        this.connection = connection;
        this.leases = leases;
        writer = new Thread(Write) { IsBackground = true, Name = "sqlite writer" };
        writer.Start();
    }

    public Task<T> RunAsync<T>(Func<Session, Task<T>> work, CancellationToken aborted)
    {
        var item = new Item<T>(work, aborted);
        try
        {
            waiting.Add(item, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            throw new ObjectDisposedException(nameof(SqliteDatabase), "The database is closed: this process is stopping.");
        }
        return item.Answer;
    }

    public void Dispose()
    {
        waiting.CompleteAdding();
        writer.Join();
        connection.Dispose();
        waiting.Dispose();
    }

    private void Write()
    {
        var group = new List<Item>();
        foreach (var first in waiting.GetConsumingEnumerable())
        {
            group.Clear();
            try
            {
                connection.Run("begin immediate");
                for (var item = first; item is not null; item = Next(group.Count))
                {
                    group.Add(item);
                    RunOne(item);
                }
                connection.Run("commit");
            }
            catch (SqliteException failure)
            {
                // Nothing of the group is on disk: a full or broken disk is everybody's answer.
                if (!group.Contains(first))
                    group.Add(first);
                TryRollBack();
                group.ForEach(item => item.Fail(failure));
            }
            group.ForEach(item => item.Release());
        }
    }

    private Item? Next(int taken) => taken < LargestGroup && waiting.TryTake(out var item) ? item : null;

    private void RunOne(Item item)
    {
        connection.Run("savepoint item");
        if (!item.TryRun(new Session(Engine.Sqlite, connection, null, leases)))
            connection.Run("rollback to item");
        connection.Run("release item");
    }

    private void TryRollBack()
    {
        try
        {
            connection.Run("rollback");
        }
        catch (SqliteException)
        {
            // SQLite had rolled back by itself, as it does when the disk is full.
        }
    }

    private abstract class Item
    {
        /// <summary>Runs the work; <c>false</c> when it threw and must be undone.</summary>
        public abstract bool TryRun(Session session);

        public abstract void Fail(Exception reason);

        /// <summary>Lets the caller go on, on another thread than the writer's.</summary>
        public abstract void Release();
    }

    private sealed class Item<T>(Func<Session, Task<T>> work, CancellationToken aborted) : Item
    {
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? failure;

        public Task<T> Answer => answer.Task;

        public override bool TryRun(Session session)
        {
            try
            {
                aborted.ThrowIfCancellationRequested();
                result = SqliteFile.Finished(work(session));
                return true;
            }
            catch (Exception thrown)
            {
                failure = thrown; // handed to the caller by Release
                return false;
            }
        }

        public override void Fail(Exception reason) => failure ??= reason;

        public override void Release()
        {
            if (failure is OperationCanceledException cancelled)
                answer.SetCanceled(cancelled.CancellationToken);
            else if (failure is not null)
                answer.SetException(failure);
            else
                answer.SetResult(result!); // null only where T allows it
        }
    }
}
