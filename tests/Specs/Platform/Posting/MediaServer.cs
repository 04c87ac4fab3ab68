using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Holdfast.Specs.Platform.Posting;

/// <summary>A developer's web server with media on it, somewhere the Platform can reach.</summary>
internal sealed class MediaServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Dictionary<string, RequestDelegate> files = [];
    private int calls;

    private MediaServer(WebApplication app) => this.app = app;

    /// <summary>Where it is, with a slash.</summary>
    public string Address { get; private set; } = "";

    /// <summary>How often it was called.</summary>
    public int Calls => calls;

    public static async Task<MediaServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var server = new MediaServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        server.Address = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/"; // it has started
        return server;
    }

    /// <summary>Puts a file there; its address.</summary>
    public string Put(string name, byte[] bytes) => Serve(name, http => http.Response.Body.WriteAsync(bytes).AsTask());

    /// <summary>Answers as wanted; the address.</summary>
    public string Serve(string name, RequestDelegate answer)
    {
        files["/" + name] = answer;
        return Address + name;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext http)
    {
        Interlocked.Increment(ref calls);
        if (files.TryGetValue(http.Request.Path, out var answer))
            return answer(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>A JPEG of that size, as far as its head and its end tell.</summary>
    public static byte[] Jpeg(int width, int height) =>
    [
        0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0,
        0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0,
        0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3, 0xFF, 0xD9,
    ];

    /// <summary>A WebP of that size in the extended form.</summary>
    public static byte[] Webp(int width, int height) =>
    [
        .. "RIFF"u8, 22, 0, 0, 0, .. "WEBPVP8X"u8, 10, 0, 0, 0, 0, 0, 0, 0,
        (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0,
    ];
}
