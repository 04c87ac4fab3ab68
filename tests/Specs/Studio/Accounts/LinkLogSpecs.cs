using System.Collections.Concurrent;
using System.Net;
using Holdfast.Shell.Hosting;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>N5 for links: whatever goes wrong, what is logged opens nothing.</summary>
public sealed class LinkLogSpecs
{
    [Fact, Trait("scenario", "N5"), Trait("scenario", "O9")]
    public async Task N5_a_link_that_fails_on_our_side_is_logged_without_its_token()
    {
        const string Token = "tell-nobody-tell-nobody-tell-nobody-tell-no";
        var log = new Lines();
        await using var studio = await StudioUnderTest.CreateAsync(configure: services => services.AddSingleton<ILoggerProvider>(log), start: true);
        await studio.Database.WriteAsync(session => session.RunAsync("drop table client_link"));
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri($"http://localhost:{studio.App.BoundAddress().Port}") };

        using var answer = await http.GetAsync($"/connect/link?t={Token}");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain(Token, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(log.All, line => line.Contains("GET /connect/link failed", StringComparison.Ordinal));
        Assert.DoesNotContain(log.All, line => line.Contains("tell-nobody", StringComparison.Ordinal));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
