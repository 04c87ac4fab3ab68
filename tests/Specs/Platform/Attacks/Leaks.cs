using System.Collections.Concurrent;
using System.Text;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Attacks;

/// <summary>Looks for secrets where they must not be: in the database, its log ahead, the whole data folder, and every log line at trace level.</summary>
internal sealed class Leaks : IDisposable
{
    private readonly Log log = new();

    public IReadOnlyCollection<string> LogLines => log.Lines;

    public void Dispose() => log.Dispose();

    /// <summary>Opens the log as far as settings can.</summary>
    public void Listen(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        foreach (var category in (string[])["Microsoft", "Microsoft.AspNetCore", "Microsoft.AspNetCore.Hosting.Diagnostics", "System", "Npgsql", "Holdfast"])
            builder.Logging.AddFilter(category, LogLevel.Trace);
    }

    public async Task AreNoneAsync(PlatformUnderTest platform, Engine engine, IEnumerable<(string What, string Secret)> secrets)
    {
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
