using System.Globalization;
using System.Net;
using Holdfast.Shell.Hosting;
using Holdfast.Storage.Blobs.S3;

namespace Holdfast.Specs.Storage.Blobs;

/// <summary>A store of ours that knows one object, and does what no well-behaved one would: breaks off, or refuses with the word it is told.</summary>
internal sealed class BareStore : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly byte[] bytes;
    private readonly int cutAfter;
    private readonly string? refuses;
    private readonly string? names;
    private readonly Uri? sendsTo;
    private readonly TaskCompletionSource hanging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BareStore(byte[] bytes, int cutAfter, string? refuses, string? names, Uri? sendsTo)
    {
        (this.bytes, this.cutAfter, this.refuses, this.names, this.sendsTo) = (bytes, cutAfter, refuses, names, sendsTo);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>As a refusal: it takes everything and answers nothing.</summary>
    public const string Silence = "silence";

    /// <summary>What was asked to be read.</summary>
    public List<string> Ranges { get; } = [];

    /// <summary>What was asked to be changed.</summary>
    public List<string> Changes { get; } = [];

    public S3Options Options => new() { Endpoint = app.BoundAddress().GetLeftPart(UriPartial.Authority), Bucket = "media", AccessKey = "k", SecretKey = "s" };

    /// <param name="cutAfter">How many bytes of an answer arrive.</param>
    /// <param name="refuses">S3's error code in answer to everything; <see cref="Silence"/> is none at all.</param>
    /// <param name="names">The reference a refusal comes with.</param>
    /// <param name="sendsTo">Where everything is redirected to.</param>
    public static async Task<BareStore> StartAsync(byte[] bytes, int cutAfter = int.MaxValue, string? refuses = null, string? names = "r1", Uri? sendsTo = null)
    {
        var store = new BareStore(bytes, cutAfter, refuses, names, sendsTo);
        await store.app.StartAsync();
        return store;
    }

    public ValueTask DisposeAsync()
    {
        hanging.TrySetResult();
        return app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http) =>
        refuses is Silence ? hanging.Task
        : sendsTo is not null ? SendOnAsync(http, sendsTo)
        : refuses is not null ? RefuseAsync(http, refuses, names) : HttpMethods.IsGet(http.Request.Method) ? ReadAsync(http) : ChangeAsync(http);

    private static async Task RefuseAsync(HttpContext http, string code, string? reference)
    {
        http.Response.StatusCode = code is "SlowDown" ? (int)HttpStatusCode.ServiceUnavailable : (int)HttpStatusCode.Forbidden;
        await http.Response.WriteAsync($"<Error><Code>{code}</Code><Message>No.</Message>{(reference is null ? "" : $"<RequestId>{reference}</RequestId>")}</Error>");
    }

    private static Task SendOnAsync(HttpContext http, Uri place)
    {
        http.Response.StatusCode = (int)HttpStatusCode.TemporaryRedirect;
        http.Response.Headers.Location = new Uri(place, http.Request.Path).AbsoluteUri;
        return http.Response.WriteAsync($"<Error><Code>TemporaryRedirect</Code><Message>Elsewhere.</Message><Endpoint>{place.Authority}</Endpoint></Error>");
    }

    private async Task ChangeAsync(HttpContext http)
    {
        Changes.Add($"{http.Request.Method} {http.Request.QueryString}");
        await http.Request.Body.CopyToAsync(Stream.Null);
        http.Response.Headers.ETag = "\"one\"";
        if (HttpMethods.IsPost(http.Request.Method))
            await http.Response.WriteAsync("<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>videos/one</Key><UploadId>u1</UploadId></InitiateMultipartUploadResult>");
    }

    private async Task ReadAsync(HttpContext http)
    {
        var asked = http.Request.Headers.Range.ToString();
        Ranges.Add(asked);
        var range = asked["bytes=".Length..].Split('-').Select(one => int.Parse(one, CultureInfo.InvariantCulture)).ToList();
        var (from, length) = (range[0], range[1] - range[0] + 1);
        http.Response.StatusCode = (int)HttpStatusCode.PartialContent;
        http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {from}-{range[1]}/{bytes.Length}");
        http.Response.Headers.ETag = "\"one\"";
        http.Response.ContentLength = length;
        var count = length == 1 ? 1 : Math.Min(cutAfter, length);
        await http.Response.Body.WriteAsync(bytes.AsMemory(from, count));
        await http.Response.Body.FlushAsync();
        if (count < length)
            http.Abort();
    }
}
