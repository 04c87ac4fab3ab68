using System.Collections.Concurrent;
using System.Net;
using Holdfast.Shell.Hosting;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>N5 for links: whatever goes wrong, what is logged opens nothing.</summary>
public sealed class LinkLogSpecs : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> lines = [];

    [Fact, Trait("scenario", "N5"), Trait("scenario", "O9")]
    public async Task N5_a_link_that_fails_on_our_side_is_logged_without_its_token()
    {
        const string Token = "tell-nobody-tell-nobody-tell-nobody-tell-no";
        await using var studio = await StudioUnderTest.CreateAsync(configure: services => services.AddSingleton<ILoggerProvider>(this), start: true);
        await studio.Database.WriteAsync(session => session.RunAsync("drop table client_link"));
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{studio.App.BoundAddress().Port}") };

        using var answer = await http.GetAsync($"/connect/link?t={Token}");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.DoesNotContain(Token, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(lines, line => line.Contains("GET /connect/link failed", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, line => line.Contains("tell-nobody", StringComparison.Ordinal));
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose() { }
}
