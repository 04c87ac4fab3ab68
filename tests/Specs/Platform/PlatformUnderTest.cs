using System.Text.Json;
using Holdfast.People;
using Holdfast.Platform;
using Holdfast.Platform.Authorize;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Developers.Credentials;
using Holdfast.Platform.Tokens;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform;

/// <summary>The real Platform on a free port, with a database of its own on either engine and a clock that moves only when told.</summary>
internal sealed class PlatformUnderTest : IAsyncDisposable
{
    public const string Password = "correct horse battery";
    public const string Redirect = "http://127.0.0.1:49152/callback/";
    public const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public const string Challenge = "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3";

    private readonly string folder;

    private PlatformUnderTest(WebApplication app, TestClock clock, string folder)
    {
        this.folder = folder;
        App = app;
        Clock = clock;
        Http = Browserless();
    }

    /// <summary>Where this Platform keeps its data.</summary>
    public string Folder => folder;

    public WebApplication App { get; }

    public TestClock Clock { get; }

    /// <summary>A client without cookies that does not follow redirects.</summary>
    public HttpClient Http { get; }

    public Database Database => Service<Database>();

    /// <param name="console">The console without the demo: it asks for its token.</param>
    /// <param name="url">What people call it, where that is not this machine: a proxy stands before it.</param>
    public static async Task<PlatformUnderTest> StartAsync(Engine engine = Engine.Sqlite, Action<TokenOptions>? tokens = null, bool demo = false, Action<WebApplicationBuilder>? configure = null, string? url = null, bool console = false)
    {
        var clock = new TestClock(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var name = "p" + Convert.ToHexStringLower(new SystemSecrets().Bytes(8));
        var data = Path.Combine(Path.GetTempPath(), "holdfast-specs", name);
        var app = PlatformApp.Build(new AppOptions { Url = new Uri(url ?? "http://localhost:0"), Listen = url is null ? null : "127.0.0.1:0", Data = data, Demo = demo, Console = console }, clock, builder =>
        {
            builder.Services.AddQuickHashes();
            builder.Services.AddSingleton(_ => Databases.Open(name, data, engine == Engine.PostgreSql ? DatabaseUnderTest.PostgresServer : null, clock, nodesClock: clock));
            builder.Services.Configure<TokenOptions>(options => tokens?.Invoke(options));
            configure?.Invoke(builder);
        });
        await app.StartReadyAsync();
        return new PlatformUnderTest(app, clock, data);
    }

    public T Service<T>() where T : notnull => App.Services.GetRequiredService<T>();

    public HttpClient Browserless() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = App.BoundAddress() };

    public async Task<Person> PersonAsync(string userName) =>
        ((SignUpResult.Added)await Service<PeopleStore>().SignUpAsync(new NewPerson(userName, Password, $"{userName}@example.test", userName))).Person;

    /// <summary>An app of a developer of its own, with every scope.</summary>
    public async Task<RegisteredApp> AppAsync(string name = "pottery", string redirect = "http://127.0.0.1:*/callback/", RedirectPlatform platform = RedirectPlatform.Desktop, Person? owner = null)
    {
        owner ??= await PersonAsync($"dev.of.{name}");
        return ((RegisterResult.Registered)await Service<AppRegistry>().RegisterAsync(owner.Id, new NewApp(name, [new RegisteredRedirect { Platform = platform, Uri = redirect }], KnownScopes.All))).App;
    }

    /// <summary>A new secret; older ones stop at once unless they are given time.</summary>
    public async Task<string> RotateAsync(string personId, string appId, TimeSpan overlap = default) =>
        ((RotateResult.Rotated)await Service<RotateSecret>().RunAsync(personId, appId, overlap)).Secret;

    /// <summary>A code as the consent page makes it, without the page.</summary>
    public async Task<string> CodeAsync(RegisteredApp app, Person person, string scopes = "user.info.basic,video.list", string? challenge = Challenge) =>
        (await Service<IssueCode>().RunAsync(
            new Approval(app.Id, person.Id, RedirectPlatform.Desktop, Redirect, challenge, ScopeList.Split(scopes), ScopeList.Split(scopes)), null, CancellationToken.None))!; // without a claim there is always a code

    public Task<TokenReply> RedeemAsync(RegisteredApp app, string code, string? verifier = Verifier, string redirect = Redirect) =>
        TokenAsync(("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier));

    public Task<TokenReply> RenewAsync(RegisteredApp app, string refreshToken) =>
        TokenAsync(("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    public Task<TokenReply> RevokeAsync(RegisteredApp app, string token) =>
        PostAsync("/v2/oauth/revoke/", ("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("token", token));

    public Task<TokenReply> TokenAsync(params (string Name, string? Value)[] fields) => PostAsync("/v2/oauth/token/", fields);

    public async Task<TokenReply> PostAsync(string path, params (string Name, string? Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)));
        using var answer = await Http.PostAsync(path, form);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<TokenReply> GrantAsync(RegisteredApp app, Person person, string scopes = "user.info.basic,video.list") =>
        await RedeemAsync(app, await CodeAsync(app, person, scopes));

    public async Task<bool> OpensAsync(string accessToken) => await Service<AccessTokens>().VerifyAsync(accessToken) is not null;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>An answer of an OAuth endpoint.</summary>
internal sealed record TokenReply(int Status, string Body)
{
    private JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public bool IsGranted => Status == 200 && Text("access_token").Length > 0;

    public string Access => Text("access_token");

    public string Refresh => Text("refresh_token");

    public string Error => Text("error");

    public string Text(string name) => Json.TryGetProperty(name, out var value) ? value.ToString() : "";
}
