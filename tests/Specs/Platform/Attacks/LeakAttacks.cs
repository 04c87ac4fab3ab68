using System.Collections.Concurrent;
using System.Text;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>B3, cases 70 and 71: every secret that was issued or sent in a whole life of an authorization is looked for where it must not be.</summary>
public sealed class LeakAttacks
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Case_70_and_71_no_secret_stands_in_the_database_its_log_ahead_or_any_log_line(Engine engine)
    {
        var log = new Log();
        await using var platform = await PlatformUnderTest.StartAsync(engine, configure: builder =>
        {
            builder.Logging.ClearProviders().AddProvider(log);
            // As far as settings can open it.
            builder.Logging.SetMinimumLevel(LogLevel.Trace);
            foreach (var category in (string[])["Microsoft", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting.Diagnostics", "System", "Npgsql", "Holdfast"])
                builder.Logging.AddFilter(category, LogLevel.Trace);
        });
        var secrets = await LiveAsync(platform);

        var places = engine is Engine.PostgreSql ? await RowsAsync(platform) : Files(platform.Folder);
        Assert.NotEmpty(places);
        Assert.True(log.Lines.Count > 100, "The log is silent.");
        foreach (var (what, secret) in secrets)
        {
            Assert.True(secret.Length >= 12, what);
            foreach (var form in (string[])[secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), Convert.ToHexString(Encoding.UTF8.GetBytes(secret)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret))])
            {
                Assert.False(places.Any(place => place.Content.Contains(form, StringComparison.Ordinal)), $"{what} stands in {places.FirstOrDefault(place => place.Content.Contains(form, StringComparison.Ordinal)).Name}");
                Assert.False(log.Lines.Any(line => line.Contains(form, StringComparison.Ordinal)), $"{what} stands in a log line: {log.Lines.FirstOrDefault(line => line.Contains(form, StringComparison.Ordinal))?.Replace(form, "<secret>", StringComparison.Ordinal)}");
            }
        }
    }

    // Sign-in, consent, exchange, use, renewal, replay, failures, revocation.
    private static async Task<List<(string What, string Secret)>> LiveAsync(PlatformUnderTest platform)
    {
        var app = await platform.AppAsync();
        await platform.PersonAsync("ada");
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada", "a wrong password");
        await browser.LogInAsync("ada", next: AuthorizePages.Request(app));
        var session = browser.Cookies.GetAllCookies().Single(cookie => cookie.Name.EndsWith("_session", StringComparison.Ordinal)).Value;
        var consent = await browser.OpenAsync(AuthorizePages.Request(app, ("state", "a-state-nobody-guesses")));
        var code = (await browser.SubmitAsync(consent, AuthorizePages.Answer, ("decision", "authorize"))).Query["code"];
        var wrong = await platform.RedeemAsync(app, code, verifier: "a-verifier-that-is-wrong-but-long-enough-000");
        var first = await platform.RedeemAsync(app, code);
        var second = await platform.RenewAsync(app, first.Refresh);
        var replay = await platform.RenewAsync(app, first.Refresh);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v2/user/info/?fields=open_id,display_name") { Headers = { Authorization = new("Bearer", second.Access) } };
        using var info = await platform.Http.SendAsync(request);
        await platform.RenewAsync(app with { ClientSecret = "a-secret-that-is-wrong" }, second.Refresh);
        await platform.PostAsync("/v2/oauth/token/?client_secret=a-secret-in-the-address", ("client_key", app.ClientKey));
        var own = await platform.TokenAsync(("client_key", app.ClientKey), ("client_secret", app.ClientSecret), ("grant_type", "client_credentials"));
        var revoked = await platform.RevokeAsync(app, second.Access);
        Assert.Equal((400, 200, 200, 400, 200), (wrong.Status, first.Status, second.Status, replay.Status, revoked.Status));

        return
        [
            ("the code", code), ("the first access token", first.Access), ("the first refresh token", first.Refresh), ("the second access token", second.Access), ("the second refresh token", second.Refresh),
            ("the client token", own.Access), ("the client secret", app.ClientSecret), ("a wrong secret", "a-secret-that-is-wrong"), ("a secret in the address", "a-secret-in-the-address"),
            ("the session", session), ("the password", PlatformUnderTest.Password), ("a wrong password", "a wrong password"), ("the verifier", PlatformUnderTest.Verifier), ("a wrong verifier", "a-verifier-that-is-wrong-but-long-enough-000"),
        ];
    }

    // Everything in the data folder: the database, its write-ahead log, media; not the cookie key ring, which holds no secret of these.
    private static List<(string Name, string Content)> Files(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file =>
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return (file, reader.ReadToEnd());
        })];

    private static Task<List<(string Name, string Content)>> RowsAsync(PlatformUnderTest platform) => platform.Database.ReadAsync(async session =>
    {
        var rows = new List<(string, string)>();
        foreach (var table in await session.ListAsync<string>("select table_name from information_schema.tables where table_schema = current_schema()"))
            rows.AddRange((await session.ListAsync<string>($"select cast(row_to_json(one) as text) from \"{table}\" one")).Select(row => (table, row)));
        return rows;
    });

    private sealed class Log : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

        public void Dispose()
        {
        }

        private sealed class Logger(Log log, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                log.Lines.Enqueue($"{logLevel} {category}: {formatter(state, exception)} {exception}");
        }
    }
}
