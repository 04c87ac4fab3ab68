using System.Net;
using Holdfast.Shell.Hosting;
using Holdfast.TikTok;

namespace Holdfast.Cli.Up;

/// <summary>What <c>up</c>, <c>studio</c> or <c>platform</c> was asked for.</summary>
internal sealed record UpSettings
{
    public required int StudioPort { get; init; }
    public required int PlatformPort { get; init; }

    /// <summary>Absolute.</summary>
    public required string Data { get; init; }
    public string? Database { get; init; }
    public bool Demo { get; init; }

    /// <summary>The address to bind; <c>null</c> is this machine only.</summary>
    public IPAddress? Listen { get; init; }
    public Uri? StudioUrl { get; init; }
    public Uri? PlatformUrl { get; init; }
    public bool AllowPlainHttp { get; init; }

    /// <summary>The Platform's console is wanted where the demo does not bring it.</summary>
    public bool Console { get; init; }

    /// <summary>Studio speaks to TikTok itself; no Platform runs.</summary>
    public bool TikTok { get; init; }

    public AppOptions Studio => For(StudioPort, StudioUrl);

    public AppOptions Platform => For(PlatformPort, PlatformUrl);

    /// <summary>Nobody but this machine reaches either app.</summary>
    public bool IsLocal => Studio.IsLoopback && Platform.IsLoopback;

    /// <summary>Where people find the Platform, and where Studio calls it: without leaving this machine whenever it listens there.</summary>
    /// <exception cref="StartupException">Secrets would travel readable.</exception>
    public TikTokEndpoints PlatformFromStudio
    {
        get
        {
            var here = new Uri($"http://localhost:{PlatformPort}");
            var isHere = Listen is null || IPAddress.IsLoopback(Listen) || Listen.Equals(IPAddress.Any) || Listen.Equals(IPAddress.IPv6Any);
            try
            {
                return new TikTokEndpoints(new Uri(Platform.At("")), isHere ? here : new Uri(Platform.At("")));
            }
            catch (ArgumentException)
            {
                throw new StartupException($"Studio sends people and secrets to {Platform.Url}, which is plain http and not on this machine. Give --platform-url an https address.");
            }
        }
    }

    /// <exception cref="StartupException">The options contradict each other; the message says what to change.</exception>
    public void Check(bool studio, bool platform)
    {
        if (studio && platform && StudioPort == PlatformPort)
            throw new StartupException($"Studio and the Platform cannot both have port {StudioPort}. Give one of them another with --studio-port or --platform-port.");
        if (Listen is not null && !IPAddress.IsLoopback(Listen))
        {
            if (studio && StudioUrl is null)
                throw new StartupException($"--listen {Listen} opens Studio to the network, so it has to know its address there: add --studio-url, for example --studio-url https://studio.example.com.");
            if (platform && PlatformUrl is null)
                throw new StartupException($"--listen {Listen} opens the Platform to the network, so it has to know its address there: add --platform-url, for example --platform-url https://platform.example.com.");
        }
    }

    private AppOptions For(int port, Uri? url) => new()
    {
        Url = url ?? new Uri($"http://localhost:{port}"),
        // Called by another name, it still binds its own port: the proxy in front of it knows.
        Listen = Listen is not null ? new IPEndPoint(Listen, port).ToString() : url is not null ? $"127.0.0.1:{port}" : null,
        Data = Data,
        Database = Database,
        Demo = Demo,
        Console = Console,
        AllowPlainHttp = AllowPlainHttp,
    };
}
