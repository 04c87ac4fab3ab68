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
internal sealed class Program(string name, VirtualClock clock, Func<Action<WebApplicationBuilder>, WebApplication> build, int seed, Random chance, Crashes crashes, ILoggerProvider log)
{
    private readonly MemoryBlobs blobs = new();
    private readonly SeededSecrets secrets = new(seed);
    private readonly EphemeralDataProtectionProvider protection = new();
    private InlineSqliteDatabase? data;
    private WebApplication? app;

    public string Name => name;

    public InProcessServer Server { get; private set; } = new();

    public Door Door { get; private set; } = new(clock, chance, crashes);

    public IServiceProvider Services => app?.Services ?? throw new InvalidOperationException($"{name} is not running.");

    public Database Data => data ?? throw new InvalidOperationException($"{name} has never run.");

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
            builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
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
