using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Specs.Storage;

/// <summary>Many hands where there is much to do, one look where there is nothing, and nothing that ends the looking.</summary>
public sealed class DueWorkerSpecs
{
    private const int Hands = 8;

    private readonly TestClock clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly Lines lines = new();

    [Fact, Trait("scenario", "S8")]
    public async Task S8_all_hands_work_side_by_side_as_long_as_there_is_something_to_do()
    {
        var work = new Work(rows: 40) { IsHeld = true };
        var ticks = new Ticks();
        await RunAsync(work, ticks, async _ =>
        {
            await work.SideBySide(Hands);
            Assert.Equal(Hands, work.Begun);
            Assert.InRange(ticks.Waits, 0, 1); // not one hand more with every second
            work.Release();
            await work.SideBySide(40);
        });

        Assert.Equal(40, work.Begun);
        Assert.Equal(Hands, work.Most);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(Hands)]
    public async Task While_nothing_is_due_one_hand_looks_at_a_start_and_at_every_signal(int hands)
    {
        clock.HoldsWaits = true;
        var work = new Work(rows: 0, hands);
        await RunAsync(work, clock, async database =>
        {
            await work.Looked(1);
            await database.WriteAsync(session =>
            {
                session.Signal(work.Topic);
                return Task.CompletedTask;
            });
            await work.Looked(2);
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestClock.System); // one that does not rest would have looked a thousand times
        });

        Assert.Equal(2, work.Looks);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Hands - 1)]
    [InlineData(Hands)]
    public async Task While_some_hands_are_busy_the_others_look_once_a_second(int busy)
    {
        var work = new Work(rows: busy) { IsHeld = true };
        var ticks = new Ticks();
        await RunAsync(work, ticks, async _ =>
        {
            await work.SideBySide(busy);
            await ticks.Passed(3);
            Assert.InRange(work.Looks, busy, busy + 4);
            work.Release();
        });
    }

    [Fact]
    public async Task A_failure_is_said_once_and_not_once_for_every_hand_and_others_look_on()
    {
        clock.HoldsWaits = true;
        var work = new Work(rows: 0) { Fails = true };
        await RunAsync(work, clock, async database =>
        {
            await lines.Written(1);
            work.Fails = false;
            await database.WriteAsync(session =>
            {
                session.Signal(work.Topic);
                return Task.CompletedTask;
            });
            await work.Looked(2);
        });

        Assert.Equal(1, lines.Count);
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_under_way()
    {
        var work = new Work(rows: 3) { IsHeld = true };
        await using var database = DatabaseUnderTest.Open(Engine.Sqlite, clock: clock);
        using var worker = new DueWorker(work, database, clock, lines);
        await worker.StartAsync(CancellationToken.None);
        await work.SideBySide(3);

        var stop = worker.StopAsync(CancellationToken.None);
        Assert.False(stop.IsCompleted);
        work.Release();
        await stop;

        Assert.Equal(0, work.UnderWay);
    }

    private async Task RunAsync(Work work, TimeProvider time, Func<Database, Task> during)
    {
        await using var database = DatabaseUnderTest.Open(Engine.Sqlite, clock: clock);
        using var worker = new DueWorker(work, database, time, lines);
        await worker.StartAsync(CancellationToken.None);
        await during(database);
        await worker.StopAsync(CancellationToken.None);
    }

    /// <summary>Rows that take as long as the spec likes.</summary>
    private sealed class Work(int rows, int hands = Hands) : IDueWork
    {
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Counter begun = new();
        private readonly Counter looks = new();
        private int taken;
        private int underWay;
        private int most;

        public string Topic => "specs";

        public int Concurrency => hands;

        public bool IsHeld { get; init; }

        public bool Fails { get; set; }

        public int Begun => begun.Value;

        public int Looks => looks.Value;

        public int UnderWay => underWay;

        public int Most => most;

        public void Release() => released.TrySetResult();

        public Task SideBySide(int many) => begun.Reached(many);

        public Task Looked(int times) => looks.Reached(times);

        public async Task<bool> RunDueAsync(CancellationToken stopping)
        {
            looks.Add();
            if (Fails)
                throw new InvalidOperationException("The database is away.");
            if (Interlocked.Increment(ref taken) > rows)
                return false;
            most = Math.Max(most, Interlocked.Increment(ref underWay));
            begun.Add();
            if (IsHeld)
                await released.Task;
            Interlocked.Decrement(ref underWay);
            return true;
        }
    }

    /// <summary>Counts the waits for the next second.</summary>
    private sealed class Ticks : TimeProvider
    {
        private readonly Counter waits = new();

        public int Waits => waits.Value;

        public Task Passed(int many) => waits.Reached(many);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime == TimeSpan.FromSeconds(1))
                waits.Add();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }

    private sealed class Counter
    {
        private readonly Lock door = new();
        private readonly List<(int Many, TaskCompletionSource Done)> waiting = [];

        public int Value { get; private set; }

        public void Add()
        {
            lock (door)
            {
                Value++;
                foreach (var (_, done) in waiting.Where(one => one.Many <= Value))
                    done.TrySetResult();
            }
        }

        public Task Reached(int many)
        {
            lock (door)
            {
                var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (Value >= many)
                    done.SetResult();
                waiting.Add((many, done));
                return done.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            }
        }
    }

    private sealed class Lines : Microsoft.Extensions.Logging.ILogger<DueWorker>
    {
        private readonly Counter written = new();

        public int Count => written.Value;

        public Task Written(int many) => written.Reached(many);

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => written.Add();
    }
}
