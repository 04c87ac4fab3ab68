using System.Text;
using Holdfast.Platform.Webhooks;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.TikTok;
using Holdfast.TikTok.Webhooks;
using TikTokSignature = Holdfast.TikTok.Webhooks.WebhookSignature;

namespace Holdfast.Specs.Platform.Webhooks;

public sealed class DeliverySpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Whoever_ends_a_consent_the_app_hears_why_and_our_own_client_believes_it(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        var (platform, app) = (listening.Platform, listening.App);
        var (ada, bruno, chidi) = (await platform.PersonAsync("ada"), await platform.PersonAsync("bruno"), await platform.PersonAsync("chidi"));
        var (adas, brunos) = (await platform.GrantAsync(app, ada), await platform.GrantAsync(app, bruno));
        await platform.GrantAsync(app, chidi);
        using var browser = platform.Visitor();
        await browser.LogInAsync("ada");
        var page = await browser.OpenAsync("/settings/apps");
        await browser.SubmitAsync(page, "/settings/apps/remove");
        await browser.SubmitAsync(page, "/settings/apps/remove");
        await platform.RevokeAsync(app, brunos.Access);
        using var leaving = platform.Visitor();
        await leaving.LogInAsync("chidi");
        await leaving.SubmitAsync(await leaving.OpenAsync("/settings/profile"), "/settings/profile/delete", ("confirmName", "chidi"), ("password", PlatformUnderTest.Password));

        await listening.DeliverAsync();

        var heard = listening.Receiver.All.ToList();
        Assert.All(heard, one => Assert.Equal(SignatureVerdict.Valid, TikTokSignature.Verify(one.Signature, one.Body, new ClientSecret(app.ClientSecret), platform.Clock.GetUtcNow())));
        var told = heard.Select(one => Holdfast.TikTok.Webhooks.WebhookEvent.Parse(one.Body)!).ToList();
        Assert.All(told, one => Assert.Equal(app.ClientKey, one.ClientKey));
        var reasons = told.ToDictionary(one => ((WebhookContent.AuthorizationRemoved)one.Content).Reason, one => one.OpenId);
        Assert.Equal([RemovalReason.UserDisconnected, RemovalReason.AccountDeleted, RemovalReason.DeveloperRevoked], reasons.Keys.Order());
        Assert.Equal((adas.Text("open_id"), brunos.Text("open_id")), (reasons[RemovalReason.UserDisconnected], reasons[RemovalReason.DeveloperRevoked]));
    }

    [Fact]
    public async Task An_event_of_a_transaction_that_is_rolled_back_was_never_there_and_an_app_without_an_address_is_told_nothing()
    {
        await using var listening = await Listening.StartAsync();
        var (platform, app) = (listening.Platform, listening.App);
        await Assert.ThrowsAsync<InvalidOperationException>(() => platform.Database.WriteAsync(async session =>
        {
            await platform.Service<WebhookQueue>().AddAsync(session, new(app.Id, "o", "authorization.removed", new { reason = 1 }));
            throw new InvalidOperationException();
        }));
        await listening.HearAtAsync(app.Id, null);
        await listening.QueueAsync();

        Assert.Equal(0, await listening.CountAsync("id is not null"));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_not_answered_with_200_is_sent_again_after_ten_seconds_doubling_and_signed_anew(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        var clock = listening.Platform.Clock;
        listening.Receiver.AnswerWith(204);
        await listening.QueueAsync();
        var waits = new List<TimeSpan>();
        for (var attempt = 1; attempt <= 11; attempt++)
        {
            await listening.DeliverAsync();
            var delivery = await listening.OnlyAsync();
            Assert.Equal((DeliveryState.Waiting, attempt), (delivery.State, delivery.Attempts));
            waits.Add(delivery.NextStepAt!.Value - clock.GetUtcNow());
            clock.Advance(waits[^1]);
        }

        int[] seconds = [10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600];
        Assert.All(waits.Zip(seconds), pair => Assert.InRange(pair.First.TotalSeconds / pair.Second, 0.9, 1.1));
        listening.Receiver.AnswerWith(200);
        await listening.DeliverAsync();

        var got = listening.Receiver.All.ToList();
        Assert.Equal((DeliveryState.Delivered, 12, null), ((await listening.OnlyAsync()).State, got.Count, (await listening.OnlyAsync()).NextStepAt));
        Assert.Single(got.Select(one => one.Text).Distinct());
        Assert.Equal(12, got.Select(one => one.Signature).Distinct().Count());
        Assert.Equal(SignatureVerdict.Valid, TikTokSignature.Verify(got[^1].Signature, got[^1].Body, new ClientSecret(listening.App.ClientSecret), clock.GetUtcNow()));
        Assert.Equal([.. Enumerable.Repeat(204L, 11), 200L], (await listening.AttemptsAsync()).Select(attempt => attempt.Status!.Value));
    }

    [Fact]
    public async Task Case_95_what_was_signed_more_than_five_minutes_ago_is_refused_by_our_own_client()
    {
        await using var listening = await Listening.StartAsync();
        await listening.QueueAsync();
        await listening.DeliverAsync();
        var got = Assert.Single(listening.Receiver.All);
        var (secret, now) = (new ClientSecret(listening.App.ClientSecret), listening.Platform.Clock.GetUtcNow());

        Assert.Equal(SignatureVerdict.Valid, TikTokSignature.Verify(got.Signature, got.Body, secret, now.AddMinutes(5)));
        Assert.Equal(SignatureVerdict.Stale, TikTokSignature.Verify(got.Signature, got.Body, secret, now.AddSeconds(301)));
        Assert.Equal(SignatureVerdict.Mismatch, TikTokSignature.Verify(got.Signature, Encoding.UTF8.GetBytes(got.Text.Replace("p1", "p2", StringComparison.Ordinal)), secret, now));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task After_72_hours_an_event_is_dropped(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        listening.Receiver.AnswerWith(500);
        var start = listening.Platform.Clock.GetUtcNow();
        await listening.QueueAsync();
        while (await listening.CountAsync("state = 'waiting'") > 0)
        {
            await listening.DeliverAsync();
            if ((await listening.OnlyAsync()).NextStepAt is { } next)
                listening.Platform.Clock.Advance(next - listening.Platform.Clock.GetUtcNow());
        }

        Assert.Equal(DeliveryState.Dropped, (await listening.OnlyAsync()).State);
        var last = (await listening.AttemptsAsync())[^1].At - start;
        Assert.InRange(last, TimeSpan.FromHours(70), TimeSpan.FromHours(72));
    }

    [Fact]
    public async Task An_answer_that_is_lost_is_a_failure_and_the_event_comes_again()
    {
        await using var listening = await Listening.StartAsync();
        listening.Receiver.Answer = http =>
        {
            http.Abort();
            return Task.CompletedTask;
        };
        await listening.QueueAsync();
        await listening.DeliverAsync();
        listening.Receiver.AnswerWith(200);
        listening.Platform.Clock.Advance(TimeSpan.FromSeconds(11));
        await listening.DeliverAsync();

        Assert.Equal(2, listening.Receiver.All.Count);
        Assert.Equal(["Broken", null], (await listening.AttemptsAsync()).Select(attempt => attempt.Failure));
        Assert.Equal(DeliveryState.Delivered, (await listening.OnlyAsync()).State);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_worker_that_died_leaves_its_event_to_another_and_writes_nothing_when_it_comes_back(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        var store = listening.Platform.Service<DeliveryStore>();
        // Claimed by hand in the same moment it is queued: the Platform's own workers only find it once the lease is over.
        var lost = await listening.Platform.Database.WriteAsync(async session =>
        {
            await listening.Platform.Service<WebhookQueue>().AddAsync(session, new(listening.App.Id, "o", "authorization.removed", new { reason = 1 }));
            return await session.FirstAsync<Delivery>("update webhook_delivery set lease_until = @lease, fence = fence + 1 returning *", new { lease = listening.Platform.Clock.GetUtcNow().AddMinutes(2) });
        });
        Assert.Null(await store.ClaimDueAsync(CancellationToken.None));
        listening.Platform.Clock.Advance(TimeSpan.FromMinutes(2));
        await listening.DeliverAsync();

        Assert.Equal(DeliveryState.Delivered, (await listening.OnlyAsync()).State);
        Assert.False(await store.SaveAsync(lost!, new Attempt { DeliveryId = lost!.Id, Number = 1 }, DeliveryState.Waiting, listening.Platform.Clock.GetUtcNow()));
        Assert.Single(listening.Receiver.All);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_slow_receiver_of_one_app_delays_no_other(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        await using var quick = await Receiver.StartAsync();
        var other = await listening.Platform.AppAsync("quick");
        await listening.HearAtAsync(other.Id, quick.Http.ToString());
        var release = new TaskCompletionSource();
        var slow = 0;
        listening.Receiver.Answer = http =>
        {
            Interlocked.Increment(ref slow);
            return release.Task;
        };
        for (var i = 0; i < 12; i++)
            await listening.QueueAsync();
        await listening.QueueAsync(appId: other.Id);

        await UntilAsync(() => Task.FromResult(!quick.All.IsEmpty));
        await UntilAsync(async () => await listening.CountAsync($"app_id = '{listening.App.Id}' and lease_until > @now") == DeliveryStore.PerApp);
        Assert.InRange(Volatile.Read(ref slow), 1, DeliveryStore.PerApp);
        Assert.Equal(0, await listening.CountAsync($"app_id = '{listening.App.Id}' and state = 'delivered'"));

        release.SetResult();
        await listening.DeliverAsync();
        Assert.Equal(12, listening.Receiver.All.Count);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Without_a_secret_to_sign_with_an_event_is_held_with_its_reason_until_there_is_one(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        var platform = listening.Platform;
        await platform.Database.WriteAsync(session => session.RunAsync("update app set secret_sealed = null"));
        await listening.QueueAsync();
        await listening.DeliverAsync();
        var held = await listening.OnlyAsync();
        Assert.Equal((DeliveryState.Waiting, HoldCause.Secret, 0L), (held.State, held.HeldFor, held.Attempts));
        Assert.Empty(listening.Receiver.All);

        var owner = await platform.Database.ReadAsync(session => session.FirstAsync<string>("select owner_id from app"));
        var secret = await platform.RotateAsync(owner!, listening.App.Id);
        platform.Clock.Advance(TimeSpan.FromMinutes(1));
        await listening.DeliverAsync();

        Assert.Equal(DeliveryState.Delivered, (await listening.OnlyAsync()).State);
        var got = Assert.Single(listening.Receiver.All);
        Assert.Equal(SignatureVerdict.Valid, TikTokSignature.Verify(got.Signature, got.Body, new ClientSecret(secret), platform.Clock.GetUtcNow()));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_is_over_for_a_month_is_forgotten(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        await listening.QueueAsync();
        await listening.DeliverAsync();
        listening.Platform.Clock.Advance(TimeSpan.FromDays(29));
        await TidyAsync();
        Assert.Equal(1, await listening.CountAsync("id is not null"));
        listening.Platform.Clock.Advance(TimeSpan.FromDays(2));
        await TidyAsync();
        Assert.Equal(0, await listening.CountAsync("id is not null"));

        async Task TidyAsync()
        {
            while (await listening.Platform.Service<TidyDeliveries>().RunDueAsync(CancellationToken.None)) ;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var round = 0; !await holds(); round++)
        {
            Assert.True(round < 1500, "It never came.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TestClock.System, TestContext.Current.CancellationToken);
        }
    }
}
