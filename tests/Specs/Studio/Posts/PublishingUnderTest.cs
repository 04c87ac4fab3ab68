using Holdfast.Domain.Posts;
using Holdfast.People;
using Holdfast.Shell.Hosting;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Storage.Blobs;
using Holdfast.Studio;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Media;
using Holdfast.Studio.Posts;
using Holdfast.Studio.Posts.Publishing;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>The real Studio over a real database and a clock of ours; its workers run when a spec says so, and TikTok is the edge.</summary>
internal sealed class PublishingUnderTest : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Crashes crashes;

    private PublishingUnderTest(WebApplication app, TestClock clock, PostingTikTok tiktok, Crashes crashes)
    {
        (this.app, Clock, TikTok, this.crashes) = (app, clock, tiktok, crashes);
        tiktok.Now = clock.GetUtcNow;
    }

    public static DateTimeOffset Start { get; } = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    public TestClock Clock { get; }
    public PostingTikTok TikTok { get; }
    public string WorkspaceId { get; private set; } = "";
    public string ConnectionId { get; private set; } = "";
    public PostStore Posts => app.Services.GetRequiredService<PostStore>();
    public IServiceProvider Services => app.Services;
    public Database Database => app.Services.GetRequiredService<Database>();

    /// <summary>The next transaction, counted from now, that ends the process; after its commit or before it.</summary>
    public void CrashAt(int transaction, bool afterCommit) => crashes.Set(transaction, afterCommit);

    public static async Task<PublishingUnderTest> StartAsync(Engine engine = Engine.Sqlite, Action<WebApplicationBuilder>? configure = null)
    {
        var clock = new TestClock(Start);
        var tiktok = new PostingTikTok();
        var crashes = new Crashes();
        var name = "p" + Convert.ToHexStringLower(new SystemSecrets().Bytes(8));
        var folder = Path.Combine(Path.GetTempPath(), "holdfast-specs", name);
        var app = StudioApp.Build(new AppOptions { Url = new("http://localhost:0"), Data = folder }, clock, builder =>
        {
            builder.Services.AddQuickHashes();
            builder.Logging.ClearProviders();
            builder.Configuration["TikTok:ClientKey"] = "key";
            builder.Configuration["TikTok:ClientSecret"] = "secret";
            builder.Services.AddSingleton(_ => Databases.Open(name, folder, engine == Engine.PostgreSql ? DatabaseUnderTest.PostgresServer : null, clock, crashes, nodesClock: clock));
            builder.Services.AddSingleton(new TikTokWire(tiktok));
            configure?.Invoke(builder);
        });
        var studio = new PublishingUnderTest(app, clock, tiktok, crashes);
        await app.MigrateAsync();
        await studio.SeedAsync();
        return studio;
    }

    /// <summary>Runs both lanes until nothing is due at this instant.</summary>
    public async Task WorkAsync()
    {
        var (publish, upload) = (app.Services.GetRequiredService<PublishDue>(), app.Services.GetRequiredService<UploadDue>());
        for (var turns = 0; await publish.RunDueAsync(default) | await upload.RunDueAsync(default); turns++)
            Assert.True(turns < 500, "The workers do not come to rest.");
    }

    /// <summary>Works now and at every step that becomes due within the time.</summary>
    public async Task WorkForAsync(TimeSpan time, TimeSpan? step = null)
    {
        var until = Clock.GetUtcNow() + time;
        await WorkAsync();
        while (Clock.GetUtcNow() < until)
        {
            Clock.Advance(step ?? TimeSpan.FromSeconds(5));
            await WorkAsync();
        }
    }

    public async Task CrashAsync() => await Assert.ThrowsAsync<PowerCut>(WorkAsync);

    public Task<string> ScheduleAsync(TimeSpan? after = null, string caption = "A pot", string? formKey = null, string privacy = "PUBLIC_TO_EVERYONE", string? mediaId = null, string? connectionId = null) =>
        ScheduleAtAsync(Clock.GetUtcNow() + (after ?? TimeSpan.Zero), caption, formKey, privacy, mediaId, connectionId);

    public async Task<string> ScheduleAtAsync(DateTimeOffset dueAt, string caption = "A pot", string? formKey = null, string privacy = "PUBLIC_TO_EVERYONE", string? mediaId = null, string? connectionId = null) =>
        await Posts.AddAsync(WorkspaceId, formKey ?? Services.GetRequiredService<Ulids>().Next(), new PostInput
        {
            ConnectionId = connectionId ?? ConnectionId,
            MediaId = mediaId ?? await SampleAsync(),
            Caption = caption,
            Privacy = privacy,
            Zone = "Europe/Berlin",
            DueAt = dueAt,
            IsScheduled = true,
        }, "Maren");

    public async Task<string> SampleAsync()
    {
        var samples = Services.GetRequiredService<Samples>();
        return (await Services.GetRequiredService<MediaStore>().UseSampleAsync(WorkspaceId, samples.All[0], "Maren")).Id;
    }

    /// <summary>A file of that many bytes that counts as an uploaded video.</summary>
    public async Task<string> VideoAsync(long bytes)
    {
        var media = Services.GetRequiredService<MediaStore>();
        var id = await media.BeginAsync(WorkspaceId, "long.mp4", "Maren");
        await Services.GetRequiredService<IBlobStore>().WriteAsync(MediaFiles.VideoKey(id), new Zeros(bytes), bytes, default);
        await media.CompleteAsync(id, bytes, new VideoFacts(VideoFacts.Mp4, TimeSpan.FromSeconds(60), 1080, 1920));
        return id;
    }

    public async Task<PostView> PostAsync(string id) => await Posts.FindAsync(WorkspaceId, id) ?? throw new InvalidOperationException("The post is gone.");

    public async Task<PostState> StateAsync(string id) => (await PostAsync(id)).State;

    public async Task<IReadOnlyList<string>> CausesAsync(string id) => [.. (await Posts.EventsAsync(WorkspaceId, id)).Reverse().Select(moment => moment.Cause)];

    /// <summary>The connection ends or is back, told as the accounts' side tells it.</summary>
    public Task EndAsync(HoldReason reason = HoldReason.NeedsSignIn) => Database.WriteAsync(async session =>
    {
        await session.RunAsync("update connection set state = 'needs-sign-in', state_reason = 'AccessRemoved' where id = @ConnectionId", new { ConnectionId });
        foreach (var listener in Services.GetServices<IConnectionListener>())
            await listener.EndedAsync(session, ConnectionId, WorkspaceId, reason, Clock.GetUtcNow());
    });

    public Task ReconnectAsync() => Database.WriteAsync(async session =>
    {
        await session.RunAsync("update connection set state = 'live', state_reason = null where id = @ConnectionId", new { ConnectionId });
        foreach (var listener in Services.GetServices<IConnectionListener>())
            await listener.LiveAgainAsync(session, ConnectionId, WorkspaceId, Clock.GetUtcNow());
    });

    /// <summary>The profile was read, and this video was on it.</summary>
    public Task KnowsVideoAsync(string videoId) => Database.WriteAsync(async session =>
    {
        await session.RunAsync("update connection set profile_at = @now where id = @ConnectionId", new { ConnectionId, now = Clock.GetUtcNow() });
        await session.RunAsync("insert into connection_video (connection_id, video_id, workspace_id, title, place) values (@ConnectionId, @videoId, @WorkspaceId, '', 0)", new { ConnectionId, videoId, WorkspaceId });
    });

    public Task<string> ConnectAsync(string openId) => LiveConnection.AddAsync(Services, WorkspaceId, openId, Clock.GetUtcNow());

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task SeedAsync()
    {
        var owner = await Services.GetRequiredService<PeopleStore>().SignUpAsync(new NewPerson("maren", "a long password 1", "maren@example.test", "Maren")) as SignUpResult.Added;
        WorkspaceId = (await Services.GetRequiredService<WorkspaceStore>().AddAsync("Kiln & Tide", "Europe/Berlin", owner!.Person.Id)).Id;
        ConnectionId = await ConnectAsync("open-1");
    }

    /// <summary>The power is cut at the door of a chosen transaction.</summary>
    internal sealed class Crashes : ITransactionProbe
    {
        private int left = -1;
        private bool after;

        public void Set(int transaction, bool afterCommit) => (left, after) = (transaction, afterCommit);

        public Task BeforeAsync() => left >= 0 && !after && left-- == 0 ? throw new PowerCut() : Task.CompletedTask;

        public Task AfterCommitAsync() => left >= 0 && after && left-- == 0 ? throw new PowerCut() : Task.CompletedTask;
    }

    internal sealed class PowerCut : Exception;

    /// <summary>So many bytes without holding any.</summary>
    private sealed class Zeros(long length) : Stream
    {
        private readonly long all = length;
        private long left = length;
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => all;
        public override long Position { get => all - left; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var given = (int)Math.Min(count, left);
            left -= given;
            return given;
        }

        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
