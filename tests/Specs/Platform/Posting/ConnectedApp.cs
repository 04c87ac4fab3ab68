using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Holdfast.People;
using Holdfast.Platform.Developers;
using Holdfast.Platform.Posting;
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

    public static async Task<ConnectedApp> OpenAsync(string scopes = AllScopes, Engine engine = Engine.Sqlite, Action<PostingOptions>? posting = null, bool console = false)
    {
        var platform = await PlatformUnderTest.StartAsync(engine, console: console, configure: builder => builder.Services.Configure<PostingOptions>(options =>
        {
            options.ProcessingFor = TimeSpan.Zero;
            options.Ffmpeg = "";
            posting?.Invoke(options);
        }));
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
            await Platform.Service<ProcessUploads>().RunDueAsync(CancellationToken.None);
            // The host's own worker may hold the claim; it is done in a moment.
            if (await Platform.Service<UploadStore>().FindByPublishIdAsync(publishId, CancellationToken.None) is { State: "published" or "failed" } || tries == 100)
                return await StatusAsync(publishId);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestClock.System);
        }
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
