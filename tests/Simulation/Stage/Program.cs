using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Sqlite;
using Holdfast.Storage.Work;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Holdfast.Simulation.Stage;

/// <summary>One node of one of our apps: a program that can lose its power and start again on the same data.</summary>
internal sealed class Program(string name, Func<TimeProvider, Action<WebApplicationBuilder>, WebApplication> build, Furniture shared, Random chance, Crashes crashes, Func<NodeClock> newClock) : IDisposable
{
    private WebApplication? app;
    private InlineSqliteDatabase? data;
    private CancellationTokenSource stopping = new();
    private TaskCompletionSource cutOff = new();
    private int? passagesLeft;

    public string Name => name;

    public InProcessServer Server { get; private set; } = new();

    public NodeClock Clock { get; private set; } = newClock();

    public WebApplication App => app ?? throw new InvalidOperationException($"{name} is not running.");

    public IServiceProvider Services => App.Services;

    public Database Data => data ?? throw new InvalidOperationException($"{name} has never run.");

    public IReadOnlyList<IDueWork> Work { get; private set; } = [];

    /// <summary>Asked to end: what is under way goes on, nothing new begins.</summary>
    public CancellationToken Stopping => stopping.Token;

    /// <summary>It can take work and requests.</summary>
    public bool IsUp => app is not null && !Clock.IsDead && !Clock.IsPaused && !stopping.IsCancellationRequested;

    /// <summary>It runs and hears from the world, and its database does not answer: a broken line, a wrong route.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>How often it has met that.</summary>
    public int CutOffMet { get; private set; }

    public int Starts { get; private set; }

    /// <summary>The power went, at one of its own steps.</summary>
    public event Action<CrashPoint>? Died;

    /// <summary>Starts, or starts again after a power cut.</summary>
    /// <param name="more">What this node brings with it; gets the run's clock and door.</param>
    public void Start(Action<WebApplicationBuilder, NodeClock, Door>? more = null)
    {
        Server = new InProcessServer();
        Clock = newClock();
        stopping = new();
        var door = new Door(Clock, chance, crashes, MeetsCutOff);
        door.Died += where => Died?.Invoke(where);
        data = shared.Data.After(door);
        app = build(Clock, builder =>
        {
            var services = builder.Services;
            // Workers are turned by the pump; the framework's own starters stay.
            foreach (var worker in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory is not null).ToList())
                services.Remove(worker);
            services.Replace(ServiceDescriptor.Singleton<IServer>(Server));
            services.Replace(ServiceDescriptor.Singleton<Database>(data));
            services.Replace(ServiceDescriptor.Singleton(shared.Secrets));
            services.Replace(ServiceDescriptor.Singleton<IBlobStore>(shared.Blobs)).Replace(ServiceDescriptor.Singleton<IGrowingBlobStore>(shared.Blobs));
            services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider>(shared.Protection));
            builder.Logging.ClearProviders().AddProvider(shared.Log).SetMinimumLevel(shared.LogLevel);
            more?.Invoke(builder, Clock, door);
        });
        Finish(app.StartReadyAsync());
        Work = [.. Services.GetServices<IDueWork>()];
        door.IsOpen = true;
        Starts++;
    }

    /// <summary>The power goes now.</summary>
    public void Die() => Clock.IsDead = true;

    public void Stop() => stopping.Cancel();

    /// <summary>Cuts it off when it has come to its database that many times more: in the midst of work.</summary>
    public Task CutOffAfterAsync(int passages)
    {
        (passagesLeft, cutOff) = (passages, new TaskCompletionSource());
        return cutOff.Task;
    }

    private bool MeetsCutOff()
    {
        // People at their browsers meet none that has not begun.
        if (!crashes.Paused && passagesLeft is { } left)
        {
            passagesLeft = left > 0 ? left - 1 : null;
            if (left == 0)
            {
                IsCutOff = true;
                cutOff.SetResult();
            }
        }
        CutOffMet += IsCutOff ? 1 : 0;
        return IsCutOff;
    }

    public void Dispose() => stopping.Dispose();

    private static void Finish(Task start)
    {
        if (!start.IsCompleted)
            throw new InvalidOperationException("The start left the simulation's thread.");
        start.GetAwaiter().GetResult();
    }
}

/// <summary>What all nodes of an app have in common, and what outlives a power cut.</summary>
internal sealed record Furniture(InlineSqliteDatabase Data, ISecretSource Secrets, MemoryBlobs Blobs, ILoggerProvider Log, LogLevel LogLevel)
{
    public IDataProtectionProvider Protection { get; } = new EphemeralDataProtectionProvider();

    /// <summary>The rows as they are, past every door: for the pump's look at what is due, and for what must not be delayed.</summary>
    public Database Rows { get; } = Data.After(null);
}

internal static class ProgramSettings
{
    public static WebApplicationBuilder Configure(this WebApplicationBuilder builder, string key, string value)
    {
        builder.Configuration[key] = value;
        return builder;
    }
}
