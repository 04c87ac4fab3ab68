using System.Net;
using System.Net.Sockets;
using System.Reflection;
using Holdfast.Shell.Guards;
using Holdfast.Shell.Language;
using Holdfast.Shell.Live;
using Holdfast.Shell.Pages;
using Holdfast.Shell.Sealing;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;
using Holdfast.Storage.Work;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace Holdfast.Shell.Hosting;

/// <summary>What both apps stand on: host, database, keys, guards, pages.</summary>
public static class AppBuilder
{
    /// <summary>A question that TikTok has been asked is seen through before the program ends: its deadline (75 s) and the saving of the answer fit in.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(100);

    /// <summary>A builder with everything but the app's own features.</summary>
    /// <param name="assemblies">Where schemas, texts and assets are embedded, in the order they are applied.</param>
    /// <param name="clock">The composition root's clock.</param>
    public static WebApplicationBuilder Create(AppIdentity app, AppOptions options, TimeProvider clock, params Assembly[] assemblies)
    {
        options.Check();
        // An empty builder: no settings files and no folder watcher, which would wake on every write below the content root.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = $"holdfast-{app.Name}", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("HOLDFAST_");
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console => { console.SingleLine = true; console.TimestampFormat = "HH:mm:ss "; console.UseUtcTimestamp = true; });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
        // The key ring lies in the data folder, which is ours alone (0700); that it is not encrypted once more is no news.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A start that fails is told once, by whoever started us and in a sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // It would write whole addresses, and callbacks carry codes: no setting opens it.
        builder.Services.PostConfigure<LoggerFilterOptions>(filters => filters.Rules.Add(new LoggerFilterRule(null, "Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning, null)));
        // stdout belongs to the ready lines; logs go to stderr.
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);

        // A line feed alone ends no line: two servers that differ about it can be made to see two requests (attack case 55).
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024; // uploads raise it for themselves
            Bind(kestrel, options);
        });

        var services = builder.Services;
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        // All are asked to stop at once: a browser that uploads for a minute must not use up the time of a worker that holds an account's only tokens.
        services.Configure<HostOptions>(host => (host.ShutdownTimeout, host.ServicesStopConcurrently) = (ShutdownTimeout, true));
        services.AddSingleton(app).AddSingleton(options).AddSingleton(clock);
        services.AddSingleton<ISecretSource, SystemSecrets>();
        services.AddSingleton<Ulids>();
        services.AddSingleton(_ => Open(app, options, clock));
        services.AddSingleton(new SchemaAssemblies(assemblies));
        var media = new DirectoryBlobStore(Path.Combine(options.Data, app.Name + "-media"));
        services.AddSingleton<IBlobStore>(media).AddSingleton<IGrowingBlobStore>(media);
        services.AddDataProtection().SetApplicationName(app.Name);
        services.AddOptions<KeyManagementOptions>().Configure<ILoggerFactory>((keys, loggers) => keys.XmlRepository = new CookieKeys(app, options, loggers));
        services.AddRouting().AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddCrossSiteGuards(app, options);
        services.AddOwnHosts(options);
        services.AddTexts(assemblies);
        services.AddAssets(assemblies);
        services.AddSingleton<LiveStreams>();
        services.AddSingleton<MasterKeys>().AddSingleton<SecretSeal>();
        return builder;
    }

    /// <summary>The pipeline every request goes through before it reaches a feature.</summary>
    /// <param name="anyHost">Paths that answer to any host name.</param>
    public static WebApplication UseShell(this WebApplication app, params string[] anyHost)
    {
        app.UseTrustedProxies();
        app.UseSchemeOfAddress();
        app.UseMiddleware<ErrorPages>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseOwnHosts(anyHost);
        app.UseRouting();
        app.UseMiddleware<CrossSiteGuard>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UseMiddleware<ReadableRequests>();
        app.UseMiddleware<StaleForms>();
        app.MapHealth();
        app.MapAssets();
        return app;
    }

    /// <summary>Applies migrations, then binds the sockets: after this the app is ready.</summary>
    /// <exception cref="StartupException">The port is taken, the folder cannot be written, or the database cannot be reached.</exception>
    public static async Task StartReadyAsync(this WebApplication app, CancellationToken stopping = default)
    {
        var options = app.Services.GetRequiredService<AppOptions>();
        var identity = app.Services.GetRequiredService<AppIdentity>();
        // Without its keys every page with a form would fail, and the framework says nothing: better no start.
        PrivateFolder.Make(PrivateFolder.OfKeys(options.Data));
        PrivateFolder.Make(CookieKeys.FolderOf(identity, options));
        await app.MigrateAsync();
        await LeftBehind.FreeAsync(app.Services.GetRequiredService<Database>(), app.Services.GetServices<IDueWork>());
        foreach (var work in app.Services.GetServices<IDueWork>())
            await work.BeforeStartAsync();
        var name = identity.Name;
        try
        {
            await app.StartAsync(stopping);
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw InUse(name, options, taken);
        }
        catch (Exception closed) when (closed is IOException or SocketException)
        {
            throw new StartupException($"{DoorOf(options)} cannot be opened: {closed.GetBaseException().Message.TrimEnd('.')}. Choose another port with --{name}-port{(options.Listen is null ? "" : ", or another address with --listen")}.", closed);
        }
    }

    /// <summary>Looks whether the app's port is free, before anything is made for a start that would be refused.</summary>
    /// <exception cref="StartupException">Another program has it.</exception>
    public static void CheckPort(AppIdentity app, AppOptions options)
    {
        foreach (var end in EndsOf(options))
        {
            try
            {
                using var door = new TcpListener(end);
                door.Start();
            }
            catch (SocketException taken) when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse)
            {
                throw InUse(app.Name, options, taken);
            }
            catch (SocketException)
            {
                // The start itself tells what else may be in the way.
            }
        }
    }

    /// <summary>Brings the app's database to the newest schema.</summary>
    /// <exception cref="StartupException">A newer Holdfast wrote this database.</exception>
    public static async Task MigrateAsync(this WebApplication app)
    {
        try
        {
            await Migrations.ApplyAsync(app.Services.GetRequiredService<Database>(), app.Services.GetRequiredService<TimeProvider>(), app.Services.GetRequiredService<SchemaAssemblies>().All);
        }
        catch (NewerSchemaException newer)
        {
            throw new StartupException(newer.Message, newer);
        }
    }

    /// <inheritdoc cref="Migrations.CompareAsync"/>
    public static Task<(IReadOnlyList<string> Pending, IReadOnlyList<string> Strangers)> CompareSchemaAsync(this WebApplication app) =>
        Migrations.CompareAsync(app.Services.GetRequiredService<Database>(), app.Services.GetRequiredService<SchemaAssemblies>().All);

    /// <summary>The address the server really bound, for hosts started on port 0.</summary>
    public static Uri BoundAddress(this WebApplication app) => new(app.Urls.First().Replace("[::]", "localhost", StringComparison.Ordinal));

    private static IPEndPoint[] EndsOf(AppOptions options) => options.Listen is { } listen
        ? IPEndPoint.TryParse(listen, out var end) ? [end] : []
        : [new(IPAddress.Loopback, options.Url.Port), new(IPAddress.IPv6Loopback, options.Url.Port)];

    private static string DoorOf(AppOptions options) => options.Listen ?? $"Port {options.Url.Port}";

    private static StartupException InUse(string name, AppOptions options, Exception taken) =>
        new($"{DoorOf(options)} is in use by another program. Stop it, or choose another port with --{name}-port.", taken);

    private static void Bind(Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerOptions kestrel, AppOptions options)
    {
        if (options.Listen is { } listen)
            kestrel.Listen(IPEndPoint.TryParse(listen, out var end) ? end : throw new StartupException($"--listen takes an address and a port, for example 0.0.0.0:7400, not \"{listen}\"."));
        else if (options.Url.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0);
        else
            kestrel.ListenLocalhost(options.Url.Port);
    }

    private static Database Open(AppIdentity app, AppOptions options, TimeProvider clock)
    {
        try
        {
            return Databases.Open(app.Name, options.Data, options.Database, clock);
        }
        catch (ArgumentException malformed) when (options.Database is not null)
        {
            // Its own words may hold the password.
            throw new StartupException("That is no PostgreSQL connection string. It looks like \"Host=db.example.com;Username=holdfast;Password=...;Database=holdfast\".", malformed);
        }
    }

    /// <summary>Two apps in one process: the command line, not each host, listens to signals.</summary>
    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>The assemblies whose schemas an app's database is made of.</summary>
internal sealed record SchemaAssemblies(Assembly[] All);
