using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Holdfast.Storage;

namespace Holdfast.Shell.Live;

/// <summary>Server-sent events for open pages: they say that something changed, the page reads what.</summary>
public sealed class LiveStreams(Database database, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(20);

    /// <summary>An event named <c>changed</c> for every signal on <paramref name="topic"/>, and a comment now and then so that proxies keep the line open. Ends with the server.</summary>
    public IResult For(string topic, CancellationToken aborted) =>
        TypedResults.ServerSentEvents(ReadAsync(topic, aborted));

    private async IAsyncEnumerable<SseItem<string>> ReadAsync(string topic, [EnumeratorCancellation] CancellationToken aborted)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(aborted, lifetime.ApplicationStopping);
        // One pending hint is enough: the page reads the newest state whatever happened in between.
        var hints = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        using var listening = database.Signals.Listen(raised => raised == topic, raised => hints.Writer.TryWrite(raised));
        yield return new("", "open");
        while (!ended.IsCancellationRequested)
        {
            var hint = await NextAsync(hints.Reader, ended.Token);
            if (ended.IsCancellationRequested)
                yield break;
            yield return new("", hint is null ? "still-here" : "changed");
        }
    }

    private async Task<string?> NextAsync(ChannelReader<string> hints, CancellationToken ended)
    {
        using var quiet = new CancellationTokenSource(KeepAlive, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, quiet.Token);
        try
        {
            return await hints.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
