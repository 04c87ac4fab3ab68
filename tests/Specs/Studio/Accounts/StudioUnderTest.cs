using Holdfast.Shell.Hosting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Timeline;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.Studio.SignIn;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>The real Studio over a real database, with a TikTok of our own at the edge. Its workers run only when a spec runs them, unless it was started.</summary>
internal sealed class StudioUnderTest : IAsyncDisposable
{
    private int attempts;

    private StudioUnderTest(WebApplication app, FakeTikTok tiktok, TestClock clock, string data, Outage outage) => (App, TikTok, Clock, Data, Outage) = (app, tiktok, clock, data, outage);

    public WebApplication App { get; }
    public FakeTikTok TikTok { get; }
    public TestClock Clock { get; }
    public string Data { get; }

    /// <summary>The database can be made to refuse.</summary>
    public Outage Outage { get; }

    public string Workspace { get; private set; } = "";
    public string Owner { get; private set; } = "";

    public Database Database => Get<Database>();
    public ConnectionStore Connections => Get<ConnectionStore>();
    public AccessTokens Tokens => Get<AccessTokens>();
    public RenewConnection Renewals => Get<RenewConnection>();

    public T Get<T>() where T : notnull => App.Services.GetRequiredService<T>();

    /// <param name="beside">Another process on the same database: it shares that, the clock and TikTok.</param>
    /// <param name="own">The clock of its machine, where that is not the one all share.</param>
    /// <param name="start">Listens, and its workers run.</param>
    /// <param name="workers">With <c>false</c> a started one listens, and its workers still run only when told.</param>
    public static async Task<StudioUnderTest> CreateAsync(Engine engine = Engine.Sqlite, StudioUnderTest? beside = null, Action<IServiceCollection>? configure = null, bool start = false, bool workers = true, TestClock? own = null)
    {
        var clock = own ?? beside?.Clock ?? new TestClock(DateTimeOffset.FromUnixTimeSeconds(1_793_491_200));
        var tiktok = beside?.TikTok ?? new FakeTikTok(clock);
        var outage = beside?.Outage ?? new Outage(clock);
        var database = beside?.Database ?? DatabaseUnderTest.Open(engine, outage, clock);
        var data = beside?.Data ?? Directory.CreateTempSubdirectory("holdfast-studio").FullName;
        var app = StudioApp.Build(new AppOptions { Url = new Uri("http://localhost:0"), Data = data, Demo = true }, clock, builder =>
        {
            builder.Services.AddQuickHashes();
            builder.Services.AddSingleton(database);
            builder.Services.AddSingleton(new TikTokWire(tiktok));
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            configure?.Invoke(builder.Services);
            foreach (var worker in builder.Services.Where(service => !workers && service.ServiceType == typeof(IHostedService) && service.ImplementationFactory is not null).ToList())
                builder.Services.Remove(worker);
        });
        var studio = new StudioUnderTest(app, tiktok, clock, data, outage);
        if (start)
            await app.StartReadyAsync();
        else
            await app.MigrateAsync();
        await studio.ConfigureAsync();
        studio.Owner = (await studio.Get<DemoOwner>().EnsureAsync())!.Id;
        studio.Workspace = (await studio.Get<WorkspaceStore>().OfMemberAsync(studio.Owner))!.Id;
        return studio;
    }

    public Task ConfigureAsync() => App.ConfigureTikTokAsync(TikTokEndpoints.At(new Uri("http://localhost:1")), FakeTikTok.ClientKey, FakeTikTok.ClientSecret);

    /// <summary>Connects as the callback does; the answer is the connection's id.</summary>
    public async Task<string> ConnectAsync(FakeAccount account, string scopes = FakeTikTok.AllScopes, string? reconnect = null, string? workspace = null)
    {
        var attempt = await TryConnectAsync(account, scopes, reconnect, workspace);
        Assert.Equal("connected", attempt.Status);
        return attempt.ResultId!;
    }

    public async Task<ConnectAttempt> TryConnectAsync(FakeAccount account, string scopes = FakeTikTok.AllScopes, string? reconnect = null, string? workspace = null)
    {
        var state = $"state-{attempts++}";
        await Get<AttemptStore>().BeginAsync(new ConnectAttempt
        {
            Id = Get<Ulids>().Next(),
            WorkspaceId = workspace ?? Workspace,
            PersonId = Owner,
            ConnectionId = reconnect,
            ClientKey = FakeTikTok.ClientKey,
            RedirectUri = "http://localhost/connect/tiktok/callback/",
        }, "session", state, CancellationToken.None);
        var answer = await Get<CompleteConnect>().RunAsync(new AuthorizationCallback.Granted(new AuthorizationCode(TikTok.Consent(account, scopes)), [], state), "session");
        return Assert.IsType<CallbackAnswer.Answered>(answer).Attempt;
    }

    public async Task<ConnectionRow> RowAsync(string id) => (await Connections.FindAsync(Workspace, id))!;

    public Task<IReadOnlyList<TimelineRow>> TimelineAsync(string id) => Get<TimelineStore>().ListAsync(Workspace, id, 100);

    /// <summary>Everything that is due for renewal now.</summary>
    public async Task RenewDueAsync()
    {
        while (await Get<RenewDue>().RunDueAsync(CancellationToken.None))
        {
        }
    }

    /// <summary>Goes to the instant at which the connection's renewal is due, and a little beyond.</summary>
    public async Task AdvanceToRenewalAsync(string id)
    {
        var due = (await RowAsync(id)).RenewAt ?? throw new InvalidOperationException("Nothing is due.");
        if (due >= Clock.GetUtcNow())
            Clock.Advance(due - Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
    }

    public async Task<string> StoredAccessTokenAsync(string id) =>
        await Tokens.ForAsync(Workspace, id) is AccessTokenAnswer.Usable usable ? usable.Token.Reveal() : throw new InvalidOperationException("There is no usable token.");

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }
}
