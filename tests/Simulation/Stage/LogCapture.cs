using System.Text.RegularExpressions;

namespace Holdfast.Simulation.Stage;

/// <summary>Reads every log line of both programs, at debug level, for what must never stand in one.</summary>
internal sealed partial class LogCapture(Trace trace) : ILoggerProvider
{
    private readonly Queue<string> recent = new();

    public int Lines { get; private set; }

    /// <summary>The newest lines, for the report of a failed run.</summary>
    public IEnumerable<string> Recent => recent;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Wrote(string line)
    {
        Lines++;
        if (Secret().IsMatch(line))
            trace.Violated("a secret stands in a log line: " + Secret().Replace(line, "<secret>"));
        recent.Enqueue(line);
        if (recent.Count > 300)
            recent.Dequeue();
    }

    private sealed class Logger(LogCapture capture, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is not LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            capture.Wrote($"{logLevel} {category}: {formatter(state, exception)} {exception}");
    }

    // What a token, a code or an upload token looks like on this wire (spec §2.8, §1.5, §5.3).
    [GeneratedRegex(@"(act|rft|clt)\.[A-Za-z0-9_\-]{20,}|[A-Za-z0-9_\-]{40,}\*[01]!\d{4}|upload_token=[^&\s]{8,}")]
    private static partial Regex Secret();
}
