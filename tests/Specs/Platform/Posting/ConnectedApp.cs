using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Holdfast.People;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Posting;
using Holdfast.Platform.Posting.Pull;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Posting;

/// <summary>A creator who has let one app in, and the app's calls over real HTTP.</summary>
internal sealed class ConnectedApp : IAsyncDisposable
{
    public const string AllScopes = "user.info.basic,user.info.profile,user.info.stats,video.list,video.publish,video.upload";

    private ConnectedApp(PlatformUnderTest platform, RegisteredApp app, Person creator, string token) => (Platform, App, Creator, Token) = (platform, app, creator, token);

    public PlatformUnderTest Platform { get; }
    public RegisteredApp App { get; }
    public Person Creator { get; }
    public string Token { get; set; }

    public static async Task<ConnectedApp> OpenAsync(string scopes = AllScopes, Engine engine = Engine.Sqlite, Action<PostingOptions>? posting = null, bool console = false, bool works = true)
    {
        var platform = await PlatformUnderTest.StartAsync(engine, console: console, configure: builder =>
        {
            builder.Services.Configure<PostingOptions>(options =>
            {
                options.ProcessingFor = TimeSpan.Zero;
                options.Ffmpeg = "";
                posting?.Invoke(options);
            });
            foreach (var worker in works ? [] : builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory is not null).ToList())
                builder.Services.Remove(worker);
        });
        var app = await platform.AppAsync();
        var creator = await CreatorAsync(platform, "ada");
        return new ConnectedApp(platform, app, creator, (await platform.GrantAsync(app, creator, scopes)).Access);
    }

    public static async Task<Person> CreatorAsync(PlatformUnderTest platform, string name)
    {
        var person = await platform.PersonAsync(name);
        await platform.Database.WriteAsync(session => session.RunAsync("insert into creator (person_id, created_at) values (@Id, 0) on conflict do nothing", new { person.Id }));
        return person;
    }

    /// <summary>One of the sample clips: 540 x 960, 24 frames a second, six or seven seconds.</summary>
    public static byte[] Clip(string name = "glaze") => File.ReadAllBytes(Path.Combine(Repository.Root, "demo", "clips", name + ".mp4"));

    public Task SetAsync(string column, object value) => Platform.Database.WriteAsync(session => session.RunAsync(
        column.StartsWith("app.", StringComparison.Ordinal) ? $"update app set {column[4..]} = @value" : $"update creator set {column} = @value where person_id = @Id", new { value, Creator.Id }));

    public async Task<ApiReply> CallAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        using var answer = await Platform.Http.SendAsync(request);
        return new ApiReply((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public Task<ApiReply> InitAsync(long size, long? chunk = null, long count = 1, string privacy = "PUBLIC_TO_EVERYONE", string title = "hello #local") =>
        CallAsync(HttpMethod.Post, "/v2/post/publish/video/init/", JsonSerializer.Serialize(new
        {
            post_info = new { title, privacy_level = privacy },
            source_info = new { source = "FILE_UPLOAD", video_size = size, chunk_size = chunk ?? size, total_chunk_count = count },
        }));

    public async Task<PutReply> PutAsync(string url, byte[] bytes, string range, string type = "video/mp4")
    {
        using var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        content.Headers.TryAddWithoutValidation("Content-Range", range);
        using var answer = await Platform.Http.PutAsync(url, content);
        return new PutReply((int)answer.StatusCode, answer.Content.Headers.TryGetValues("Content-Range", out var values) ? values.First() : null, await answer.Content.ReadAsStringAsync());
    }

    public Task<ApiReply> StatusAsync(string publishId) =>
        CallAsync(HttpMethod.Post, "/v2/post/publish/status/fetch/", JsonSerializer.Serialize(new { publish_id = publishId }));

    public Task<ApiReply> CancelAsync(string publishId) =>
        CallAsync(HttpMethod.Post, "/v2/post/publish/cancel/", JsonSerializer.Serialize(new { publish_id = publishId }));

    /// <summary>Posts a whole file in one chunk; the answer is its final status.</summary>
    public async Task<ApiReply> PostAsync(byte[] bytes, string privacy = "PUBLIC_TO_EVERYONE", string title = "hello #local", string type = "video/mp4")
    {
        var begun = await InitAsync(bytes.Length, privacy: privacy, title: title);
        Assert.Equal(201, (await PutAsync(begun.Data("upload_url"), bytes, $"bytes 0-{bytes.Length - 1}/{bytes.Length}", type)).Status);
        return await FinalAsync(begun.Data("publish_id"));
    }

    /// <summary>Runs the due work until the upload has its verdict.</summary>
    public async Task<ApiReply> FinalAsync(string publishId)
    {
        for (var tries = 0; ; tries++)
        {
            await Platform.Service<PullMedia>().RunDueAsync(CancellationToken.None);
            await Platform.Service<ProcessUploads>().RunDueAsync(CancellationToken.None);
            // The host's own worker may hold the claim; it is done in a moment.
            if (await RowAsync(publishId) is { State: "published" or "inbox" or "failed" } || tries == 100)
                return await StatusAsync(publishId);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestClock.System);
        }
    }

    public async Task<Upload> RowAsync(string publishId) =>
        await Platform.Service<UploadStore>().FindByPublishIdAsync(publishId, CancellationToken.None) ?? throw new InvalidOperationException($"There is no post {publishId}.");

    /// <summary>Begins a draft of a video that is uploaded.</summary>
    public Task<ApiReply> DraftAsync(long size) => CallAsync(HttpMethod.Post, "/v2/post/publish/inbox/video/init/", JsonSerializer.Serialize(new
    {
        source_info = new { source = "FILE_UPLOAD", video_size = size, chunk_size = size, total_chunk_count = 1 },
    }));

    /// <summary>Uploads a draft until it waits in the inbox; its <c>publish_id</c>.</summary>
    public async Task<string> DeliverAsync(byte[]? clip = null)
    {
        clip ??= Clip();
        var begun = await DraftAsync(clip.Length);
        Assert.Equal(201, (await PutAsync(begun.Data("upload_url"), clip, $"bytes 0-{clip.Length - 1}/{clip.Length}")).Status);
        await FinalAsync(begun.Data("publish_id"));
        return begun.Data("publish_id");
    }

    /// <summary>Begins a direct post of a video that is fetched.</summary>
    public Task<ApiReply> PullAsync(string url, string privacy = "PUBLIC_TO_EVERYONE") => CallAsync(HttpMethod.Post, "/v2/post/publish/video/init/", JsonSerializer.Serialize(new
    {
        post_info = new { title = "hello #local", privacy_level = privacy },
        source_info = new { source = "PULL_FROM_URL", video_url = url },
    }));

    /// <summary>Begins a post of photos.</summary>
    public Task<ApiReply> PhotosAsync(string[] urls, int cover = 0, string mode = "DIRECT_POST", string privacy = "PUBLIC_TO_EVERYONE", string title = "Two bowls", string description = "Out of the kiln") =>
        CallAsync(HttpMethod.Post, "/v2/post/publish/content/init/", JsonSerializer.Serialize(new
        {
            media_type = "PHOTO",
            post_mode = mode,
            post_info = new { title, description, privacy_level = privacy },
            source_info = new { source = "PULL_FROM_URL", photo_images = urls, photo_cover_index = cover },
        }));

    /// <summary>The app's developer has shown that everything below this address is theirs.</summary>
    public Task OwnAsync(string prefix) => Platform.Database.WriteAsync(session => session.RunAsync("""
        insert into url_property (id, owner_id, kind, value, token, created_at, verified_at)
        select @prefix, owner_id, 'Prefix', @prefix, 'token', 0, 0 from app where id = @Id
        """, new { prefix, App.Id }));

    /// <summary>From now on the app has a webhook callback.</summary>
    public Task ListenAsync() => SetAsync("app.webhook_url", "https://hooks.example.test/");

    /// <summary>What the app is told, in the order of time and then of names: the event and its content.</summary>
    public async Task<IReadOnlyList<(string Name, JsonElement Content)>> EventsAsync()
    {
        var bodies = await Platform.Database.ReadAsync(session => session.ListAsync<string>("select body from webhook_delivery where app_id = @Id order by created_at, event", new { App.Id }));
        return [.. bodies.Select(body => JsonDocument.Parse(body).RootElement).Select(told => (told.GetProperty("event").GetString()!, JsonDocument.Parse(told.GetProperty("content").GetString()!).RootElement))]; // every event has both
    }

    /// <summary>The creator in a browser.</summary>
    public async Task<Visitor> CreatorAsync()
    {
        var browser = Platform.Visitor();
        await browser.LogInAsync(Creator.UserName);
        return browser;
    }

    /// <summary>Posts and gives the id of the public video.</summary>
    public async Task<string> PublishAsync(string title = "hello #local") => (await PostAsync(Clip(), title: title)).Json.GetProperty("data").GetProperty("publicaly_available_post_id")[0].GetRawText();

    public ValueTask DisposeAsync() => Platform.DisposeAsync();
}

/// <summary>An answer in TikTok's envelope.</summary>
internal sealed record ApiReply(int Status, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Code => Json.GetProperty("error").GetProperty("code").GetString() ?? "";

    public string Message => Json.GetProperty("error").GetProperty("message").GetString() ?? "";

    public string Data(string name) => Json.GetProperty("data").TryGetProperty(name, out var value) ? value.ToString() : "";
}

/// <summary>An answer to a chunk.</summary>
internal sealed record PutReply(int Status, string? Range, string Body);
