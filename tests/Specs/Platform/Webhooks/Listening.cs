using Holdfast.Platform.Developers;
using Holdfast.Platform.Webhooks;
using Holdfast.Specs.Platform.Outside;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Webhooks;

/// <summary>A Platform with an app whose developer listens.</summary>
internal sealed class Listening : IAsyncDisposable
{
    private Listening(PlatformUnderTest platform, Receiver receiver, RegisteredApp app) => (Platform, Receiver, App) = (platform, receiver, app);

    public PlatformUnderTest Platform { get; }

    public Receiver Receiver { get; }

    public RegisteredApp App { get; }

    /// <param name="address">Where the app hears; default: the receiver.</param>
    /// <param name="network">Instead of the machine's own.</param>
    public static async Task<Listening> StartAsync(Engine engine = Engine.Sqlite, string? address = null, FakeNetwork? network = null, Action<WebApplicationBuilder>? configure = null, bool console = false)
    {
        var receiver = await Receiver.StartAsync();
        var platform = await PlatformUnderTest.StartAsync(engine, console: console, configure: builder =>
        {
            if (network is not null)
                builder.Services.AddSingleton<Holdfast.Shell.Outside.IOutsideNetwork>(network);
            configure?.Invoke(builder);
        });
        var listening = new Listening(platform, receiver, await platform.AppAsync());
        await listening.HearAtAsync(listening.App.Id, address ?? receiver.Http.ToString());
        return listening;
    }

    /// <summary>Sets a callback address past the page, as one that was fine when it was set.</summary>
    public Task HearAtAsync(string appId, string? address) =>
        Platform.Database.WriteAsync(session => session.RunAsync("update app set webhook_url = @address where id = @appId", new { appId, address }));

    public Task QueueAsync(string name = "post.publish.complete", object? content = null, string? appId = null) => Platform.Database.WriteAsync(session =>
        Platform.Service<WebhookQueue>().AddAsync(session, new WebhookEvent(appId ?? App.Id, "-000OpenId", name, content ?? new { publish_id = "p1", publish_type = "DIRECT_PUBLISH" })));

    /// <summary>Does what is due now, and waits for what the Platform's own workers have taken.</summary>
    public async Task DeliverAsync()
    {
        var worker = Platform.Service<DeliverWebhooks>();
        for (var round = 0; round < 1000; round++)
        {
            while (await worker.RunDueAsync(CancellationToken.None)) ;
            if (await CountAsync("next_step_at <= @now or lease_until > @now") == 0)
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestClock.System, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException("Deliveries are still due.");
    }

    public Task<long> CountAsync(string which) => Platform.Database.ReadAsync(session =>
        session.FirstAsync<long>($"select count(*) from webhook_delivery where {which}", new { now = Platform.Clock.GetUtcNow() }));

    public async Task<Delivery> OnlyAsync() => Assert.Single(await Platform.Database.ReadAsync(session => session.ListAsync<Delivery>("select * from webhook_delivery")));

    public Task<IReadOnlyList<Attempt>> AttemptsAsync() => Platform.Database.ReadAsync(session => session.ListAsync<Attempt>("select * from webhook_attempt order by delivery_id, number"));

    public async ValueTask DisposeAsync()
    {
        await Platform.DisposeAsync();
        await Receiver.DisposeAsync();
    }
}
