using Holdfast.Shell.Hosting;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Sqlite;
using Holdfast.Storage.Work;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Holdfast.Simulation.Stage;

/// <summary>One of our apps as a program that can lose its power and start again on the same data.</summary>
internal sealed class Program(string name, VirtualClock clock, Func<Action<WebApplicationBuilder>, WebApplication> build, int seed, Random chance, Crashes crashes, ILoggerProvider log, string nextDue, LogLevel logLevel)
{
    private readonly MemoryBlobs blobs = new();
    private readonly SeededSecrets secrets = new(seed);
    private readonly EphemeralDataProtectionProvider protection = new();
    private InlineSqliteDatabase? data;
    private WebApplication? app;

    public string Name => name;

    public InProcessServer Server { get; private set; } = new();

    public Door Door { get; private set; } = new(clock, chance, crashes);

    public WebApplication App => app ?? throw new InvalidOperationException($"{name} is not running.");

    public IServiceProvider Services => App.Services;

    public Database Data => data ?? throw new InvalidOperationException($"{name} has never run.");

    /// <summary>The rows as they are, past the door: for the pump's look at what is due, and for what must not be delayed.</summary>
    public Database Rows => data?.After(null) ?? throw new InvalidOperationException($"{name} has never run.");

    /// <summary>Whether a row is due by <paramref name="now"/>; asking every worker at every tick would take a hundred times as long.</summary>
    public bool HasDue(DateTimeOffset now) => Rows.ReadAsync(session => session.FirstAsync<long>(nextDue, new { now })).GetAwaiter().GetResult() > 0;

    public IReadOnlyList<IDueWork> Work { get; private set; } = [];

    public int Starts { get; private set; }

    /// <summary>Starts, or starts again after a power cut.</summary>
    public void Start(Action<WebApplicationBuilder>? more = null)
    {
        Server = new InProcessServer();
        Door = new Door(clock, chance, crashes);
        data = data?.After(Door) ?? new InlineSqliteDatabase(Door);
        app = build(builder =>
        {
            var services = builder.Services;
            // Workers are turned by the pump; the framework's own starters stay.
            foreach (var worker in services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory is not null).ToList())
                services.Remove(worker);
            services.Replace(ServiceDescriptor.Singleton<IServer>(Server));
            services.Replace(ServiceDescriptor.Singleton<Database>(data));
            services.Replace(ServiceDescriptor.Singleton<ISecretSource>(secrets));
            services.Replace(ServiceDescriptor.Singleton<IBlobStore>(blobs));
            services.Replace(ServiceDescriptor.Singleton<IDataProtectionProvider>(protection));
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(logLevel);
            more?.Invoke(builder);
        });
        Finish(app.StartReadyAsync());
        Work = [.. Services.GetServices<IDueWork>()];
        Door.IsOpen = true;
        Starts++;
    }

    private static void Finish(Task start)
    {
        if (!start.IsCompleted)
            throw new InvalidOperationException("The start left the simulation's thread.");
        start.GetAwaiter().GetResult();
    }
}

internal static class ProgramSettings
{
    public static WebApplicationBuilder Configure(this WebApplicationBuilder builder, string key, string value)
    {
        builder.Configuration[key] = value;
        return builder;
    }
}
