using Holdfast.Platform.Webhooks;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Webhooks;

public sealed class WebhookPageSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Fact]
    public async Task A_developer_sets_an_address_sends_a_test_and_reads_how_it_was_answered()
    {
        await using var listening = await Listening.StartAsync();
        await listening.HearAtAsync(listening.App.Id, null);
        using var browser = await DeveloperAsync(listening);
        var path = PathOf(listening);
        Assert.Null((await browser.OpenAsync(path)).Page.QuerySelector("form[action$='/test']"));

        Assert.Equal(303, (await browser.SubmitAsync(await browser.OpenAsync(path), path, ("url", listening.Receiver.Http.ToString()))).Status);
        Assert.Contains(listening.Receiver.Http.ToString(), (await browser.OpenAsync($"/developers/apps/{listening.App.Id}/audit")).Text, StringComparison.Ordinal);
        var page = await browser.OpenAsync(path);
        listening.Receiver.Answer = http => http.Response.WriteAsync("<b>thank you</b>\u0007");
        await browser.SubmitAsync(page, path + "/test", ("event", "post.publish.failed"));
        await browser.SubmitAsync(page, path + "/test", ("event", "post.publish.failed"));
        await listening.DeliverAsync();

        var got = Assert.Single(listening.Receiver.All);
        Assert.Contains("post.publish.failed", got.Text, StringComparison.Ordinal);
        var log = await browser.OpenAsync(path);
        Assert.Equal("delivered", log.Page.QuerySelector("#log [data-state]")!.GetAttribute("data-state"));
        Assert.Contains("answered 200", log.Text, StringComparison.Ordinal);
        var detail = await browser.OpenAsync(log.Page.QuerySelector("td a")!.GetAttribute("href")!);
        Assert.Equal(got.Text, detail.Page.QuerySelector("#body")!.TextContent);
        Assert.Contains("&lt;b&gt;thank you&lt;/b&gt;", detail.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_is_tried_once()
    {
        await using var listening = await Listening.StartAsync();
        listening.Receiver.AnswerWith(500);
        using var browser = await DeveloperAsync(listening);
        await browser.SubmitAsync(await browser.OpenAsync(PathOf(listening)), PathOf(listening) + "/test", ("event", "authorization.removed"));
        await listening.DeliverAsync();
        Assert.Equal(DeliveryState.Dropped, (await listening.OnlyAsync()).State);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task An_event_is_sent_again_once_however_often_the_button_is_pressed(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        using var browser = await DeveloperAsync(listening);
        await listening.QueueAsync();
        await listening.DeliverAsync();
        var delivery = await listening.OnlyAsync();
        var (detail, again) = ($"{PathOf(listening)}/{delivery.Id}", $"{PathOf(listening)}/{delivery.Id}/again");
        var page = await browser.OpenAsync(detail);

        await Task.WhenAll(browser.SubmitAsync(page, again), browser.SubmitAsync(page, again));
        await listening.DeliverAsync();
        await browser.SubmitAsync(page, again);
        await listening.DeliverAsync();
        Assert.Equal(2, listening.Receiver.All.Count);

        await browser.SubmitAsync(await browser.OpenAsync(detail), again);
        await listening.DeliverAsync();
        Assert.Equal(3, listening.Receiver.All.Count);
        Assert.Single(listening.Receiver.All.Select(one => one.Text).Distinct());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_was_given_up_can_be_sent_again_for_another_72_hours_beginning_with_short_waits(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine);
        using var browser = await DeveloperAsync(listening);
        listening.Receiver.AnswerWith(503);
        await listening.QueueAsync();
        await listening.DeliverAsync();
        listening.Platform.Clock.Advance(TimeSpan.FromHours(72));
        await listening.DeliverAsync();
        var delivery = await listening.OnlyAsync();
        Assert.Equal(DeliveryState.Dropped, delivery.State);

        var detail = $"{PathOf(listening)}/{delivery.Id}";
        await browser.SubmitAsync(await browser.OpenAsync(detail), detail + "/again");
        await listening.DeliverAsync();
        var again = await listening.OnlyAsync();
        Assert.Equal((DeliveryState.Waiting, 3L), (again.State, again.Attempts));
        Assert.InRange((again.NextStepAt!.Value - listening.Platform.Clock.GetUtcNow()).TotalSeconds, 9, 11);
    }

    [Fact]
    public async Task The_log_shows_what_was_not_delivered_and_pages_through_the_rest()
    {
        await using var listening = await Listening.StartAsync();
        using var browser = await DeveloperAsync(listening);
        for (var i = 0; i < AppWebhooks.PageSize + 3; i++)
        {
            await listening.QueueAsync();
            listening.Platform.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        await listening.DeliverAsync();
        listening.Receiver.AnswerWith(500);
        await listening.QueueAsync("post.publish.failed");
        await listening.DeliverAsync();

        var failed = await browser.OpenAsync(PathOf(listening) + "?state=failed");
        Assert.Equal("retrying", Assert.Single(failed.Page.QuerySelectorAll("#log [data-state]")).GetAttribute("data-state"));
        var first = await browser.OpenAsync(PathOf(listening));
        Assert.Equal(AppWebhooks.PageSize, first.Page.QuerySelectorAll("#log [data-state]").Length);
        var second = await browser.OpenAsync(PathOf(listening) + first.Page.QuerySelector("a[rel=next]")!.GetAttribute("href")![PathOf(listening).Length..]);
        Assert.Equal(4, second.Page.QuerySelectorAll("#log [data-state]").Length);
    }

    [Fact]
    public async Task Another_developers_webhooks_are_not_there()
    {
        await using var listening = await Listening.StartAsync();
        await listening.QueueAsync();
        await listening.DeliverAsync();
        var delivery = await listening.OnlyAsync();
        var own = await listening.Platform.AppAsync("own");
        using var browser = listening.Platform.Visitor();
        await browser.LogInAsync("dev.of.own");
        await listening.HearAtAsync(own.Id, "http://localhost:9/");
        var page = await browser.OpenAsync($"/developers/apps/{own.Id}/webhooks");
        var token = page.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        foreach (var path in new[] { PathOf(listening), $"{PathOf(listening)}/{delivery.Id}", $"/developers/apps/{own.Id}/webhooks/{delivery.Id}" })
            Assert.Equal(404, (await browser.GetAsync(path)).Status);
        Assert.Equal(404, (await browser.PostAsync(PathOf(listening), ("__RequestVerificationToken", token), ("url", ""))).Status);
        foreach (var path in new[] { PathOf(listening), $"/developers/apps/{own.Id}/webhooks" })
            Assert.Equal(404, (await browser.PostAsync($"{path}/{delivery.Id}/again", ("__RequestVerificationToken", token), ("attempts", "1"))).Status);
        Assert.Equal(listening.Receiver.Http.ToString(), await listening.Platform.Database.ReadAsync(session => session.FirstAsync<string>("select webhook_url from app where id = @Id", new { listening.App.Id })));
        Assert.Single(listening.Receiver.All);
    }

    private static string PathOf(Listening listening) => $"/developers/apps/{listening.App.Id}/webhooks";

    private static async Task<Visitor> DeveloperAsync(Listening listening)
    {
        var browser = listening.Platform.Visitor();
        await browser.LogInAsync("dev.of.pottery");
        return browser;
    }
}
