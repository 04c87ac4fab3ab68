using System.Net;
using System.Text.Json;
using Holdfast.Cli;
using Holdfast.Cli.Doctor;
using Holdfast.Cli.Up;
using Holdfast.Domain.Trouble;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Studio.Accounts;
using Holdfast.Storage;
using Holdfast.Studio;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.Connect;
using Holdfast.Studio.SignIn;
using Holdfast.Studio.Workspaces;
using Holdfast.TikTok;
using Holdfast.TikTok.OAuth;
using Fake = Holdfast.Specs.Studio.Accounts.FakeTikTok;

namespace Holdfast.Specs.Cli.Doctor;

/// <summary>A data folder that a real Studio has made and left, with one account connected, and the real doctor who looks at it.</summary>
internal sealed class Patient : IDisposable
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, bool> Given = [];
    private static readonly Lazy<Task<string>> Template = new(MakeAsync);

    private Patient() => (TikTok, Up) = (new Fake(Clock), new UpSettings { StudioPort = Free(), PlatformPort = Free(), Data = Data });

    public string Data { get; } = Directory.CreateTempSubdirectory("holdfast-doctor").FullName;

    public TestClock Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_793_491_200));

    /// <summary>Knows the app, and no token that was given out before.</summary>
    public Fake TikTok { get; }

    /// <summary>What stands in the environment, without <c>HOLDFAST_</c>.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    public UpSettings Up { get; set; }

    /// <summary>A copy of the folder that was made once for all.</summary>
    public static async Task<Patient> CreateAsync()
    {
        var patient = new Patient();
        DataFolder.Take(patient.Data, "studio").Dispose(); // as up does: the keys are nobody else's
        var template = await Template.Value;
        foreach (var file in Directory.EnumerateFiles(template, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(patient.Data, Path.GetRelativePath(template, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!); // below the data folder
            File.Copy(file, copy, overwrite: true);
        }
        return patient;
    }

    /// <summary>Studio as it runs on this folder.</summary>
    public WebApplication Build() => StudioApp.Build(new AppOptions { Url = Up.Studio.Url, Listen = Up.Studio.Listen, Data = Data, Demo = Up.IsLocal, AllowPlainHttp = Up.AllowPlainHttp }, Clock, Replace);

    /// <returns>The exit code, what stands on stdout, and the checks of a run with <c>--json</c>.</returns>
    public async Task<(int Exit, string Said, IReadOnlyList<JsonElement> Checks)> ExamineAsync(Problem? problem = null, bool json = true, string? sendTest = null)
    {
        await using var said = new StringWriter();
        await using var talk = new StringWriter();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings).Build();
        var exit = await new RunDoctor(new DoctorSettings(Up, problem, json, sendTest), configuration, new Terminal(TextReader.Null, said, talk, false), Clock, Replace).RunAsync(CancellationToken.None);
        return (exit, said.ToString(), json ? [.. JsonDocument.Parse(said.ToString()).RootElement.GetProperty("checks").EnumerateArray()] : []);
    }

    /// <summary>Only the checks of one name: their states and what they say.</summary>
    public async Task<IReadOnlyList<(string State, string Says, string Next)>> ExamineAsync(string name, string? sendTest = null) =>
        [.. (await ExamineAsync(sendTest: sendTest)).Checks.Where(check => check.GetProperty("name").GetString() == name).Select(Read)];

    public static (string State, string Says, string Next) Read(JsonElement check) => (check.GetProperty("state").GetString()!, check.GetProperty("says").GetString()!, check.GetProperty("next").GetString()!);

    /// <summary>Changes the stored data behind everybody's back.</summary>
    public async Task RunSqlAsync(string sql)
    {
        await using var database = Databases.Open("studio", Data, null, Clock);
        await database.WriteAsync(session => session.RunAsync(sql));
    }

    /// <summary>TikTok has the time it should have, and its page sends strangers to sign in, or says what is wrong.</summary>
    public void Accepts(string? page = null, TimeSpan studioIsAhead = default) => TikTok.Fault = (path, _, _) =>
    {
        if (path is not ("/" or "/v2/auth/authorize/"))
            return Task.FromResult<HttpResponseMessage?>(null);
        var answer = new HttpResponseMessage(HttpStatusCode.Redirect);
        answer.Headers.Location = new Uri(page is null ? "/login?next=x" : "/v2/auth/authorize/?" + page, UriKind.Relative);
        answer.Headers.Date = studioIsAhead == default ? null : Clock.GetUtcNow() - studioIsAhead;
        return Task.FromResult<HttpResponseMessage?>(answer);
    };

    public void Dispose() => Directory.Delete(Data, recursive: true);

    /// <summary>One that nobody has, and no other spec gets: they run beside each other, and the system gives a port again once it is let go.</summary>
    public static int Free()
    {
        while (true)
        {
            using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (Given.TryAdd(port, true))
                return port;
        }
    }

    private void Replace(WebApplicationBuilder builder)
    {
        builder.Services.AddQuickHashes();
        builder.Services.AddSingleton(new TikTokWire(TikTok));
        builder.Logging.SetMinimumLevel(LogLevel.Error);
    }

    private static async Task<string> MakeAsync()
    {
        var first = new Patient();
        DataFolder.Take(first.Data, "studio").Dispose();
        await using (var app = first.Build())
        {
            await app.MigrateAsync();
            await app.ConfigureTikTokAsync(TikTokEndpoints.At(new Uri("http://localhost:1")), Fake.ClientKey, Fake.ClientSecret);
            await first.ConnectAsync(app);
        }
        await using (var platform = Holdfast.Platform.PlatformApp.Build(first.Up.Platform, first.Clock))
            await platform.MigrateAsync();
        return first.Data;
    }

    private async Task ConnectAsync(WebApplication app)
    {
        var owner = (await app.Services.GetRequiredService<DemoOwner>().EnsureAsync())!.Id;
        var workspace = (await app.Services.GetRequiredService<WorkspaceStore>().OfMemberAsync(owner))!.Id;
        await app.Services.GetRequiredService<AttemptStore>().BeginAsync(new ConnectAttempt
        {
            Id = app.Services.GetRequiredService<Ulids>().Next(),
            WorkspaceId = workspace,
            PersonId = owner,
            ClientKey = Fake.ClientKey,
            RedirectUri = StudioApp.ConnectRedirectUri(Up.Studio),
        }, "session", "state", CancellationToken.None);
        var code = new AuthorizationCode(TikTok.Consent(new FakeAccount("open-ada", "Ada")));
        Assert.IsType<CallbackAnswer.Answered>(await app.Services.GetRequiredService<CompleteConnect>().RunAsync(new AuthorizationCallback.Granted(code, [], "state"), "session"));
    }
}
