using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>TikTok's posting API at the edge of the process, with memory; a spec bends one answer at a time.</summary>
/// <remarks>
/// Not one double with the accounts' <c>FakeTikTok</c> on purpose: that one is strict about codes, scopes and rotation, so every
/// publishing spec would have to consent first; this one knows what became of each video, and bends an answer before or after its effect.
/// </remarks>
internal sealed class PostingTikTok : HttpMessageHandler
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Attempt> attempts = [];

    /// <summary>Every call in order, by its path.</summary>
    public List<string> Calls { get; } = [];

    /// <summary>Runs before a call is handled; an answer replaces ours, an exception is a broken wire.</summary>
    public Func<string, HttpRequestMessage, HttpResponseMessage?> Before { get; set; } = (_, _) => null;

    /// <summary>Runs after a call had its effect: what is returned is what the caller sees.</summary>
    public Func<string, HttpResponseMessage, HttpResponseMessage> After { get; set; } = (_, answer) => answer;

    public string[] PrivacyOptions { get; set; } = ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"];

    /// <summary>What becomes of a video that is there in full.</summary>
    public string Verdict { get; set; } = "PUBLISH_COMPLETE";
    public string? FailReason { get; set; }
    public bool TellsVideoId { get; set; } = true;

    public HashSet<string> DeadTokens { get; } = [];

    public List<(string Id, string Title, DateTimeOffset At)> Videos { get; } = [];

    public Func<DateTimeOffset> Now { get; set; } = () => DateTimeOffset.UnixEpoch;

    public IReadOnlyList<Attempt> Attempts => [.. attempts.Values];

    public int Count(string path) => Calls.Count(call => call == path);

    public int Inits => Count("/v2/post/publish/video/init/");

    public static HttpResponseMessage Says(int status, string code) => Json(status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "", ["log_id"] = "LOG-" + code } });

    /// <summary>A status that counts so many bytes, whatever there is.</summary>
    public static HttpResponseMessage Uploaded(long bytes) => Ok(new JsonObject { ["status"] = "PROCESSING_UPLOAD", ["uploaded_bytes"] = bytes });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.Method == HttpMethod.Put ? "upload" : request.RequestUri!.AbsolutePath;
        lock (gate)
            Calls.Add(path);
        if (Before(path, request) is { } instead)
            return instead;
        var answer = path switch
        {
            "upload" => await TakeAsync(request, cancellationToken),
            "/v2/oauth/token/" => Json(200, new JsonObject { ["access_token"] = $"act.{Calls.Count}", ["refresh_token"] = "rft.2", ["open_id"] = "open-1", ["expires_in"] = 86400, ["refresh_expires_in"] = 31536000, ["scope"] = "user.info.basic,video.publish,video.list", ["token_type"] = "Bearer" }),
            _ when DeadTokens.Contains(request.Headers.Authorization?.Parameter ?? "") => Says(401, "access_token_invalid"),
            "/v2/post/publish/creator_info/query/" => Ok(new JsonObject
            {
                ["creator_username"] = "ada",
                ["creator_nickname"] = "Ada",
                ["privacy_level_options"] = new JsonArray([.. PrivacyOptions.Select(option => (JsonNode)option)]),
                ["comment_disabled"] = false,
                ["duet_disabled"] = false,
                ["stitch_disabled"] = true,
                ["max_video_post_duration_sec"] = 600,
            }),
            "/v2/post/publish/video/init/" => Init(await BodyAsync(request)),
            "/v2/post/publish/status/fetch/" => Status((string)(await BodyAsync(request))["publish_id"]!),
            "/v2/video/list/" or "/v2/video/query/" => Ok(new JsonObject
            {
                ["videos"] = new JsonArray([.. Videos.OrderByDescending(video => video.At).Select(video => (JsonNode)new JsonObject
                {
                    ["id"] = video.Id, ["title"] = video.Title, ["video_description"] = video.Title, ["create_time"] = video.At.ToUnixTimeSeconds(), ["share_url"] = $"https://www.tiktok.com/@ada/video/{video.Id}",
                })]),
                ["cursor"] = 0,
                ["has_more"] = false,
            }),
            var other => throw new InvalidOperationException($"Nobody calls {other}."),
        };
        return After(path, answer);
    }

    private HttpResponseMessage Init(JsonObject body)
    {
        lock (gate)
        {
            var source = body["source_info"]!;
            var attempt = new Attempt(attempts.Count + 1, (string?)body["post_info"]!["title"] ?? "", (string)body["post_info"]!["privacy_level"]!, (long)source["video_size"]!);
            attempts[attempt.PublishId] = attempt;
            return Ok(new JsonObject { ["publish_id"] = attempt.PublishId, ["upload_url"] = $"https://upload.tiktok.test/video/?upload_id={Uri.EscapeDataString(attempt.PublishId)}" });
        }
    }

    private async Task<HttpResponseMessage> TakeAsync(HttpRequestMessage request, CancellationToken aborted)
    {
        var attempt = attempts[Uri.UnescapeDataString(request.RequestUri!.Query["?upload_id=".Length..])];
        var range = request.Content!.Headers.ContentRange!;
        if (range.From != attempt.Received)
            return new(HttpStatusCode.RequestedRangeNotSatisfiable);
        var count = new Counter();
        await request.Content.CopyToAsync(count, aborted);
        Assert.Equal(range.To - range.From + 1, count.Bytes);
        lock (gate)
        {
            attempt.Received = range.To!.Value + 1;
            if (attempt.Received == attempt.Size && Verdict == "PUBLISH_COMPLETE")
                Videos.Add(($"{7000 + attempt.Number}", attempt.Title, Now()));
        }
        return new(attempt.Received == attempt.Size ? HttpStatusCode.Created : HttpStatusCode.PartialContent);
    }

    private HttpResponseMessage Status(string publishId)
    {
        if (!attempts.TryGetValue(publishId, out var attempt))
            return Says(400, "invalid_publish_id");
        var isThere = attempt.Received == attempt.Size;
        var data = new JsonObject { ["status"] = isThere ? Verdict : "PROCESSING_UPLOAD", ["uploaded_bytes"] = attempt.Received };
        if (isThere && FailReason is { } reason)
            data["fail_reason"] = reason;
        if (isThere && Verdict == "PUBLISH_COMPLETE" && TellsVideoId)
            data["publicaly_available_post_id"] = new JsonArray(long.Parse(Videos.LastOrDefault(video => video.Title == attempt.Title, Videos[^1]).Id, System.Globalization.CultureInfo.InvariantCulture));
        return Ok(data);
    }

    private static async Task<JsonObject> BodyAsync(HttpRequestMessage request) => JsonNode.Parse(await request.Content!.ReadAsStringAsync())!.AsObject();

    private static HttpResponseMessage Ok(JsonObject data) =>
        Json(200, new JsonObject { ["data"] = data, ["error"] = new JsonObject { ["code"] = "ok", ["message"] = "", ["log_id"] = "LOG-1" } });

    private static HttpResponseMessage Json(int status, JsonObject body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json") };

    internal sealed record Attempt(int Number, string Title, string Privacy, long Size)
    {
        public string PublishId => $"v_pub_file~v2-1.{Number}";

        public long Received { get; set; }
    }

    private sealed class Counter : Stream
    {
        public long Bytes { get; private set; }
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => Bytes;
        public override long Position { get => Bytes; set => throw new NotSupportedException(); }
        public override void Write(byte[] buffer, int offset, int count) => Bytes += count;
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Bytes += buffer.Length;
            return ValueTask.CompletedTask;
        }

        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
