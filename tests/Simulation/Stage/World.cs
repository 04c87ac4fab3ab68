using System.Globalization;
using Holdfast.Platform;
using Holdfast.Shell.Hosting;
using Holdfast.Studio;
using Holdfast.Studio.Accounts;

namespace Holdfast.Simulation.Stage;

/// <summary>The real Studio and the real Platform in one thread, with a clock of their own and weather between them.</summary>
internal sealed class World : IDisposable
{
    public static readonly DateTimeOffset Begin = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("holdfast-simulation").FullName;

    public World(WorldSettings settings)
    {
        Settings = settings;
        Chance = new Random(settings.Seed);
        Clock = new VirtualClock(Begin);
        Trace = new Trace(Clock);
        Log = new LogCapture(Trace);
        Weather = new Weather(new Random(settings.Seed + 1), settings.FaultRate, settings.Outages, settings.MayLoseRenewalAnswers);
        Crashes = new Crashes(new Random(settings.Seed + 2), settings.CrashRate);
        Pump = new Pump(Clock, Trace);

        Platform = new Program("platform", Clock, configure => PlatformApp.Build(Options(7500), Clock, configure), settings.Seed + 3, new Random(settings.Seed + 4), new Crashes(new Random(settings.Seed + 5), 0), Log,
            "select count(*) from upload where next_step_at <= @now", settings.LogLevel);
        Studio = new Program("studio", Clock, configure => StudioApp.Build(Options(7400), Clock, configure), settings.Seed + 6, new Random(settings.Seed + 7), Crashes, Log, """
            select (select count(*) from connection where renew_at <= @now) + (select count(*) from connection where check_at <= @now) + (select count(*) from post where next_step_at <= @now)
            """, settings.LogLevel);
        // No program is started from the simulation: covers are drawn.
        Platform.Start(builder => builder.Configure("Platform:Posting:Ffmpeg", ""));
        Pump.Add(Platform);
        StartStudio();
        Pump.Add(Studio);
    }

    public WorldSettings Settings { get; }

    public Random Chance { get; }

    public VirtualClock Clock { get; }

    public Trace Trace { get; }

    public LogCapture Log { get; }

    public Weather Weather { get; }

    public Crashes Crashes { get; }

    public Pump Pump { get; }

    public Program Platform { get; }

    public Program Studio { get; }

    /// <summary>A sabotage changes what Studio believes it heard; honest worlds leave it alone.</summary>
    public Func<HttpResponseMessage, HttpResponseMessage> Tamper { get; set; } = answer => answer;

    /// <summary>A sabotage that is at work all the time.</summary>
    public Func<Task>? EveryTick { set => Pump.EveryTick = value; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    public string At => Now.ToString("MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void StartStudio()
    {
        var door = (Door?)null;
        // A look every two hours, not every ten minutes: removals are found by the next renewal or post anyway, in a tenth of the time.
        Studio.Start(builder => builder.Configure("Accounts:LookEverySeconds", "7200").Services.AddSingleton(_ => new TikTokWire(
            new Network(Platform.Server, Clock, new Random(Settings.Seed + 8 + Studio.Starts), Weather, Trace, () => door is not { IsDead: true }, answer => Tamper(answer)))));
        door = Studio.Door;
        // The power comes back a little later, and the program finds its data as it left it.
        door.Died += () => _ = RestartAsync();
    }

    private async Task RestartAsync()
    {
        Trace.Say("studio lost its power");
        await Clock.After(TimeSpan.FromSeconds(Chance.Next(5, 600)));
        StartStudio();
        Pump.Hear(Studio);
        Trace.Say("studio is back");
    }

    private AppOptions Options(int port) => new() { Url = new Uri($"http://localhost:{port}"), Data = folder, Demo = false };
}

/// <summary>What kind of month it is.</summary>
internal sealed record WorldSettings(int Seed)
{
    public int Days { get; init; } = 30;

    public int Accounts { get; init; } = 20;

    /// <summary>Share of calls that go wrong in ordinary weather.</summary>
    public double FaultRate { get; init; } = 0.04;

    /// <summary>Chance of a power cut at each passage through Studio's door to its database.</summary>
    public double CrashRate { get; init; } = 0.0004;

    /// <summary>Answers to renewals get lost too. Only where the Platform forgives a repeated refresh token (Grace).</summary>
    public bool MayLoseRenewalAnswers { get; init; }

    /// <summary>What both programs log; every line is read for secrets.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> Outages { get; init; } = [];
}
