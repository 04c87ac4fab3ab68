namespace Holdfast.Shell.Hosting;

/// <summary>Where an app listens, what it is called from outside, and where it keeps its data.</summary>
public sealed class AppOptions
{
    /// <summary>The address people and other apps use, without a trailing slash, for example <c>http://localhost:7400</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The address to bind, for example <c>0.0.0.0:7400</c>; default: the loopback port of <see cref="Url"/>. Port 0 takes any free one.</summary>
    public string? Listen { get; init; }

    /// <summary>Folder of databases, keys and media.</summary>
    public required string Data { get; init; }

    /// <summary>PostgreSQL connection string; default: SQLite in <see cref="Data"/>.</summary>
    public string? Database { get; init; }

    /// <summary>Demo people and demo content; only ever offered on loopback.</summary>
    public bool Demo { get; init; }

    /// <summary>The Platform's console, where things are made to go wrong. The demo on loopback has it without being told.</summary>
    public bool Console { get; init; }

    /// <summary>Serve plain http off loopback all the way; where a proxy in front ends TLS, <see cref="Url"/> is its https address and this is not needed.</summary>
    public bool AllowPlainHttp { get; init; }

    public bool IsHttps => Url.Scheme == Uri.UriSchemeHttps;

    public bool IsLoopback => Url.IsLoopback && (Listen is null || IsLoopbackAddress(Listen));

    /// <summary><see cref="Url"/> with a path.</summary>
    public string At(string path) => Url.GetLeftPart(UriPartial.Authority) + path;

    /// <exception cref="StartupException">The combination is unsafe or makes no sense; the message says what to change.</exception>
    public void Check()
    {
        if (!IsLoopback && !IsHttps && !AllowPlainHttp)
            throw new StartupException($"{Url} is plain http and not on this machine: passwords and tokens would cross the network in the clear. Give the https address of the proxy in front of Holdfast that ends TLS, or pass --allow-plain-http to take that risk.");
    }

    private static bool IsLoopbackAddress(string listen) =>
        System.Net.IPEndPoint.TryParse(listen, out var end) && System.Net.IPAddress.IsLoopback(end.Address);
}

/// <summary>A start that cannot go on; the message tells the person what to do.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);
