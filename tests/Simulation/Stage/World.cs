using System.Globalization;
using Holdfast.People.Letters;
using Holdfast.Platform;
using Holdfast.Platform.Webhooks;
using Holdfast.Shell.Hosting;
using Holdfast.Storage.Sqlite;
using Holdfast.Studio;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Notices.Hooks;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Holdfast.Simulation.Stage;

/// <summary>The real Studio, twice over one database, and the real Platform in one thread, with a clock of their own and weather between them.</summary>
internal sealed class World : IDisposable
{
    public static readonly DateTimeOffset Begin = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string folder;
    private readonly Group studio;
    private readonly bool isOurs;

    /// <param name="keptIn">A folder for keys and checkpoints; null: one of its own, gone with the world.</param>
    /// <param name="from">Where everything stood when the power went everywhere; null: the beginning.</param>
    public World(WorldSettings settings, string? keptIn = null, Checkpoint? from = null)
    {
        Settings = settings;
        isOurs = keptIn is null;
        folder = keptIn ?? Directory.CreateTempSubdirectory("holdfast-simulation").FullName;
        var seed = settings.Seed + 1000 * (from?.Number ?? 0);
        Random Next() => new(seed++);

        Chance = Next();
        Clock = new VirtualClock(from?.At ?? Begin);
        Trace = new Trace(Clock, from?.Hash ?? "");
        Ledger = new Ledger(Clock, Trace, IsRenewed);
        Weather = new Weather(Next(), settings, Tally);
        Pump = new Pump(Clock, Trace, Next());
        Crashes = new Crashes(Next(), settings.CrashRate, MayGo);
        Troubles = new Troubles(this, Next());
        PostOffice = new PostOffice(this, Next());
        Postman = new Postman(this, Next());
        Log = new LogCapture(Trace);

        PlatformData = new Furniture(OpenData("platform", Clock, from), new SeededSecrets(seed++), from?.PlatformBlobs ?? new MemoryBlobs(), Log, settings.LogLevel);
        StudioData = new Furniture(OpenData("studio", Clock, from), new SeededSecrets(seed++), from?.StudioBlobs ?? new MemoryBlobs(), Log, settings.LogLevel);

        var theirs = new HostClock();
        Platform = new Program("platform", (clock, configure) => PlatformApp.Build(Options(7500), clock, configure), PlatformData, Next(), new Crashes(Next(), 0, _ => true), () => new NodeClock(Clock, theirs));
        Platform.Start((builder, _, _) => builder
            // No program is started from the simulation: covers are drawn.
            .Configure("Platform:Posting:Ffmpeg", "")
            .Configure("Platform:Tokens:AccessFor", settings.Dialect.Access.ToString())
            .Configure("Platform:Tokens:RefreshFor", settings.Dialect.Refresh.ToString())
            .Configure("Platform:Tokens:RefreshMode", settings.Dialect.Mode)
            .Configure("Platform:Tokens:CarryRefreshEndOver", settings.Dialect.CarriesEnd.ToString())
            .Services.Replace(ServiceDescriptor.Singleton<IWebhookCarrier>(Postman)));
        Add(PlatformData, DueRows.Platform, theirs, [Platform]);

        Nodes = [.. Enumerable.Range(1, settings.Nodes).Select(number => new Program($"studio{number}", (clock, configure) => StudioApp.Build(Options(7400), clock, configure), StudioData, Next(), Crashes, () => new NodeClock(Clock, Host)))];
        foreach (var node in Nodes)
        {
            StartStudio(node);
            node.Died += where => Die(node, where);
        }
        studio = Add(StudioData, DueRows.Studio, Host, Nodes);
        WatchPairs();
        Troubles.Begin();
    }

    public WorldSettings Settings { get; }

    public Random Chance { get; }

    public VirtualClock Clock { get; }

    /// <summary>The clock of the machines Studio runs on.</summary>
    public HostClock Host { get; } = new();

    public Tally Tally { get; } = new();

    public Trace Trace { get; }

    public Ledger Ledger { get; }

    public LogCapture Log { get; }

    public Weather Weather { get; }

    public Crashes Crashes { get; }

    public Troubles Troubles { get; }

    public PostOffice PostOffice { get; }

    public Postman Postman { get; }

    public Pump Pump { get; }

    public Program Platform { get; }

    public IReadOnlyList<Program> Nodes { get; }

    public Furniture StudioData { get; }

    public Furniture PlatformData { get; }

    /// <summary>A node that people are sent to now, as its health says; null while there is none.</summary>
    public Program? Open() => Nodes.FirstOrDefault(node => node is { IsUp: true, IsCutOff: false });

    /// <summary>A sabotage changes what Studio believes it heard; honest worlds leave it alone.</summary>
    public Func<HttpResponseMessage, HttpResponseMessage> Tamper { get; set; } = answer => answer;

    /// <summary>A sabotage changes what Studio sends.</summary>
    public Action<HttpRequestMessage> TamperRequest { get; set; } = _ => { };

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Whether the power may go at this node: where a pair in its hands cannot be had again, not while it has one or asks for one.</summary>
    public bool MayGo(NodeClock node) => Settings.Pairs is not LostPairs.Spared || Ledger.IsQuiet(node);

    /// <summary>Whether any renewal is claimed, before it is asked for too.</summary>
    public bool HasClaims() => StudioData.Rows.ReadAsync(session => session.FirstAsync<long>("select count(*) from connection where lease_until > @now", new { now = Now })).GetAwaiter().GetResult() > 0;

    /// <summary>Clocks or nodes have changed: look at the rows anew.</summary>
    public void Stir() => studio.Stir(Now);

    public void Dispose()
    {
        foreach (var node in Nodes.Append(Platform))
            node.Dispose();
        // A year is many worlds, and each held its databases in memory.
        StudioData.Data.Connection.Dispose();
        PlatformData.Data.Connection.Dispose();
        if (isOurs)
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>Starts a node on what the one before left.</summary>
    public async Task StartAgainAsync(Program node, TimeSpan after)
    {
        node.Die();
        await Clock.After(after);
        StartStudio(node);
        Pump.Hear(studio, node);
        Trace.Say($"{node.Name} is back");
    }

    private void Die(Program node, CrashPoint where)
    {
        Tally.Add(where);
        Trace.Say($"{node.Name} lost its power: {where}");
        Ledger.Gone(node.Clock, "power cut");
        _ = StartAgainAsync(node, TimeSpan.FromSeconds(Chance.Next(5, 600)));
    }

    private void StartStudio(Program node) => node.Start((builder, clock, door) => builder
        .Configure("Accounts:LookEverySeconds", ((int)Settings.LookEvery.TotalSeconds).ToString(CultureInfo.InvariantCulture))
        .Configure("Mail:Host", "mail.example.test").Configure("Mail:From", "no-reply@example.test")
        .Services.Replace(ServiceDescriptor.Singleton<IMailCarrier>(new PostOffice.Carrier(PostOffice, clock))).Replace(ServiceDescriptor.Singleton<IHookCaller>(new PostOffice.Caller(PostOffice, clock)))
        .AddSingleton(_ => new TikTokWire(new Network(this, clock, door, new Random(Settings.Seed + 100 + (node.Name[^1] * 10_000) + node.Starts)))));

    private Group Add(Furniture data, IReadOnlyDictionary<string, string> due, HostClock host, IReadOnlyList<Program> nodes)
    {
        var group = new Group(data.Rows, due, host);
        group.Nodes.AddRange(nodes);
        Pump.Add(group);
        return group;
    }

    private bool IsRenewed(string account) => StudioData.Rows.ReadAsync(session =>
        session.FirstAsync<long>("select count(*) from connection where open_id = @account and renew_at is not null", new { account })).GetAwaiter().GetResult() > 0;

    /// <summary>The rows themselves tell when a new pair is saved.</summary>
    private void WatchPairs()
    {
        StudioData.Data.Connection.CreateFunction("pair_saved", (string account) => { Ledger.Saved(account); return 0; });
        Alter("create temp trigger pair_saved after update of refresh_token on connection when new.refresh_token is not null and new.refresh_token is not old.refresh_token begin select pair_saved(new.open_id); end");
    }

    /// <summary>Changes Studio's database behind its back: what a sabotage does.</summary>
    public void Alter(string sql)
    {
        using var command = StudioData.Data.Connection.CreateCommand();
#pragma warning disable CA2100 // the texts are ours
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static InlineSqliteDatabase OpenData(string name, VirtualClock clock, Checkpoint? from)
    {
        var data = InlineSqliteDatabase.Create(clock, hasNodes: true);
        from?.Restore(name, data.Connection);
        return data;
    }

    private AppOptions Options(int port) => new() { Url = new Uri($"http://localhost:{port}"), Data = folder, Demo = false };
}
