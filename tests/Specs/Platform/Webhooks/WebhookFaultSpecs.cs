using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Webhooks;

/// <summary>The console on the way from the Platform to an app: attempts that fail, arrive twice, and user events that are told.</summary>
public sealed class WebhookFaultSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task A_webhook_whose_answer_is_lost_arrives_twice_and_one_that_is_dropped_arrives_later(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine, console: true);
        await listening.Platform.FailAsync(new { kind = "lost_answer", place = "webhooks" });
        listening.Platform.Clock.Advance(TimeSpan.FromSeconds(1)); // the older acts first
        await listening.Platform.FailAsync(new { kind = "drop", place = "webhooks" });
        await listening.QueueAsync();

        await listening.DeliverAsync();
        Assert.Single(listening.Receiver.All);
        for (var retry = 0; retry < 2; retry++)
        {
            listening.Platform.Clock.Advance(TimeSpan.FromHours(1));
            await listening.DeliverAsync();
        }

        Assert.Equal(2, listening.Receiver.All.Count); // told, dropped, told again
        Assert.Equal([("Broken", null), ("Unreachable", null), (null, 200L)], (await listening.AttemptsAsync()).Select(attempt => (attempt.Failure, attempt.Status is { } status ? (long?)status : null)));
        Assert.Equal(1, await listening.CountAsync("state = 'delivered'"));
    }

    [Fact]
    public async Task Faults_everywhere_leave_webhooks_alone_and_those_of_another_app_too()
    {
        await using var listening = await Listening.StartAsync(console: true);
        var other = await listening.Platform.AppAsync("other");
        await listening.Platform.FailAsync(new { kind = "drop", place = "all", @for = "1h" });
        await listening.Platform.FailAsync(new { kind = "drop", place = "webhooks", @for = "1h", client_key = other.ClientKey });
        await listening.QueueAsync();

        await listening.DeliverAsync();

        Assert.Single(listening.Receiver.All);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_happens_to_an_account_at_the_console_is_told_with_tiktoks_reason(Engine engine)
    {
        await using var listening = await Listening.StartAsync(engine, console: true);
        var platform = listening.Platform;
        foreach (var name in (string[])["ada", "bruno", "chidi"])
        {
            var person = await Posting.ConnectedApp.CreatorAsync(platform, name);
            await platform.GrantAsync(listening.App, person);
        }

        await platform.DoAsync(HttpMethod.Post, "/accounts/ada/remove-access");
        await platform.DoAsync(HttpMethod.Post, "/accounts/bruno/ban");
        await platform.DoAsync(HttpMethod.Post, "/accounts/chidi/delete");
        await listening.DeliverAsync();

        Assert.Equal([1, 2, 4], listening.Receiver.All.Select(one => one.Text.Split("reason\\\":")[1][0] - '0').Order());
    }
}
