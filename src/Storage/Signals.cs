using System.Collections.Concurrent;

namespace Holdfast.Storage;

/// <summary>Tells waiting workers and live pages that something changed. A hint, never the truth: whoever hears it reads the rows.</summary>
public sealed class Signals
{
    private readonly ConcurrentDictionary<Listener, byte> listeners = new();

    /// <summary>Calls <paramref name="heard"/> for every raised topic for which <paramref name="wanted"/> holds, until disposed.</summary>
    /// <param name="heard">Must be quick and must not throw: it runs where the commit happened.</param>
    public IDisposable Listen(Func<string, bool> wanted, Action<string> heard)
    {
        var listener = new Listener(this, wanted, heard);
        listeners[listener] = 0;
        return listener;
    }

    public void Raise(string topic)
    {
        foreach (var listener in listeners.Keys)
        {
            if (listener.Wanted(topic))
                listener.Heard(topic);
        }
    }

    private sealed class Listener(Signals owner, Func<string, bool> wanted, Action<string> heard) : IDisposable
    {
        public Func<string, bool> Wanted => wanted;

        public Action<string> Heard => heard;

        public void Dispose() => owner.listeners.TryRemove(this, out _);
    }
}
