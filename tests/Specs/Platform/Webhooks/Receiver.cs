using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Holdfast.Specs.Platform.Webhooks;

/// <summary>A developer's server over real HTTP and HTTPS: keeps what it is sent and answers as a spec says.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    /// <summary>Signed by itself.</summary>
    public static readonly X509Certificate2 Certificate = SelfSigned();

    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    public Uri Http => new(app.Urls.First(url => url.StartsWith("http:", StringComparison.Ordinal)) + "/hooks");

    public Uri Https => new(app.Urls.First(url => url.StartsWith("https:", StringComparison.Ordinal)) + "/hooks");

    /// <summary>Answers; a 200 without words unless told.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<Received> All { get; } = [];

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, end => end.UseHttps(Certificate));
        });
        builder.Services.AddRouting();
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            receiver.All.Enqueue(new Received(http.Request.Method, http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
            await receiver.Answer(http);
        });
        await app.StartAsync();
        return receiver;
    }

    /// <summary>Answers with a status from now on.</summary>
    public void AnswerWith(int status) => Answer = http =>
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=receiver.example.test", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(TestClock.System.GetUtcNow().AddDays(-1), TestClock.System.GetUtcNow().AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}

internal sealed record Received(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public string Signature => Headers["TikTok-Signature"];
}
