using Holdfast.Platform.Webhooks;
using Holdfast.Shell.Outside;
using Holdfast.Specs.Platform.Authorize;
using Holdfast.Specs.Platform.Outside;

namespace Holdfast.Specs.Platform.Webhooks;

/// <summary>Attack case 95: a callback that leads inside is refused when it is set and every time it would be called.</summary>
public sealed class InsideAttacks
{
    [Theory]
    [InlineData("http://127.0.0.1/hooks", "Inside")]
    [InlineData("http://127.0.0.1:7500/hooks", "Inside")]
    [InlineData("https://[::1]/hooks", "Inside")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "Inside")]
    [InlineData("http://169.254.169.254/latest/meta-data/", "Scheme")]
    [InlineData("https://2852039166/", "Inside")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/", "Inside")]
    [InlineData("https://inner.example.test/hooks", "Inside")]
    [InlineData("https://both.example.test/hooks", "Inside")]
    [InlineData("https://mapped.example.test/hooks", "Inside")]
    [InlineData("file:///etc/passwd", "Scheme")]
    [InlineData("https://public.example.test:6379/", "Port")]
    [InlineData("https://user:pass@public.example.test/", "UserInfo")]
    public async Task Case_95_a_callback_inside_is_refused_when_set_and_when_sent_with_its_rule(string address, string rule)
    {
        var network = Network();
        await using var listening = await Listening.StartAsync(address: address, network: network, configure: NotThisMachine);
        network.Door = listening.Receiver.Https;
        using var browser = listening.Platform.Visitor();
        await browser.LogInAsync("dev.of.pottery");
        await listening.HearAtAsync(listening.App.Id, null);
        var path = $"/developers/apps/{listening.App.Id}/webhooks";

        var refused = await browser.SubmitAsync(await browser.OpenAsync(path), path, ("url", address));

        Assert.Equal(422, refused.Status);
        Assert.Contains(Words(listening, rule), refused.Text, StringComparison.Ordinal);
        Assert.Null(await listening.Platform.Database.ReadAsync(session => session.FirstAsync<string>("select webhook_url from app")));

        // Set while it led elsewhere.
        await listening.HearAtAsync(listening.App.Id, address);
        await listening.QueueAsync();
        await listening.DeliverAsync();
        Assert.Equal(rule, Assert.Single(await listening.AttemptsAsync()).Failure);
        Assert.Empty(network.Called);
        Assert.Empty(listening.Receiver.All);
    }

    [Fact]
    public async Task Case_95_a_name_that_changes_its_mind_between_check_and_call_is_not_followed_inside()
    {
        var network = Network();
        // Public when set; then inside; then public at the look and inside for whoever asks a second time.
        network.Name("rebinds.example.test", "8.8.4.4", "127.0.0.1", "8.8.4.4", "127.0.0.1");
        await using var listening = await Listening.StartAsync(network: network, configure: NotThisMachine);
        network.Door = listening.Receiver.Https;
        using var browser = listening.Platform.Visitor();
        await browser.LogInAsync("dev.of.pottery");
        var path = $"/developers/apps/{listening.App.Id}/webhooks";
        Assert.Equal(303, (await browser.SubmitAsync(await browser.OpenAsync(path), path, ("url", "https://rebinds.example.test/hooks"))).Status);

        await listening.QueueAsync();
        await listening.DeliverAsync();
        Assert.Equal("Inside", Assert.Single(await listening.AttemptsAsync()).Failure);
        Assert.Empty(network.Called);

        listening.Platform.Clock.Advance(TimeSpan.FromSeconds(11));
        await listening.DeliverAsync();
        // Asked once, and called where that answer said.
        Assert.Equal([FakeNetwork.Public], network.Called.Select(end => end.Address));
        Assert.Single(listening.Receiver.All);
        Assert.Equal(DeliveryState.Delivered, (await listening.OnlyAsync()).State);
    }

    [Theory]
    [InlineData(301, "http://127.0.0.1/")]
    [InlineData(302, "https://169.254.169.254/")]
    [InlineData(307, "https://inner.example.test/")]
    [InlineData(308, "https://public.example.test/elsewhere")]
    public async Task Case_95_a_redirect_is_a_failed_attempt_and_never_followed(int status, string to)
    {
        var network = Network();
        await using var listening = await Listening.StartAsync(address: "https://public.example.test/hooks", network: network, configure: NotThisMachine);
        network.Door = listening.Receiver.Https;
        listening.Receiver.Answer = http =>
        {
            http.Response.StatusCode = status;
            http.Response.Headers.Location = to;
            return Task.CompletedTask;
        };
        await listening.QueueAsync();
        await listening.DeliverAsync();

        Assert.Single(network.Called);
        Assert.Single(listening.Receiver.All);
        Assert.Equal((status, DeliveryState.Waiting), (Assert.Single(await listening.AttemptsAsync()).Status, (await listening.OnlyAsync()).State));
    }

    [Fact]
    public async Task Case_95_only_a_platform_on_this_machine_calls_this_machine_and_only_by_its_own_name()
    {
        var network = Network();
        await using var local = await Listening.StartAsync(network: network);
        Assert.True(local.Platform.Service<OutsideFetch>().AllowsLoopback);
        Assert.Null(await local.Platform.Service<OutsideFetch>().CheckAsync("http://localhost:3000/hooks", CancellationToken.None));
        Assert.Equal(OutsideProblem.Inside, await local.Platform.Service<OutsideFetch>().CheckAsync("https://loops.example.test/", CancellationToken.None));

        await using var elsewhere = await PlatformUnderTest.StartAsync(url: "https://platform.example.test", configure: builder => builder.Services.AddSingleton<IOutsideNetwork>(network));
        Assert.False(elsewhere.Service<OutsideFetch>().AllowsLoopback);
        Assert.Equal(OutsideProblem.Inside, await elsewhere.Service<OutsideFetch>().CheckAsync("http://localhost:3000/hooks", CancellationToken.None));
    }

    private static FakeNetwork Network()
    {
        var network = new FakeNetwork();
        network.Name("public.example.test", "8.8.4.4");
        network.Name("inner.example.test", "10.0.0.8");
        network.Name("both.example.test", "8.8.4.4,192.168.0.9");
        network.Name("mapped.example.test", "::ffff:10.0.0.8");
        network.Name("loops.example.test", "127.0.0.1");
        return network;
    }

    private static void NotThisMachine(WebApplicationBuilder builder) => builder.Services.Configure<OutsideOptions>(options => options.AllowLoopback = false);

    private static string Words(Listening listening, string rule) =>
        listening.Platform.Service<Holdfast.Shell.Language.TextTable>().Find($"outside.problem.{rule}");
}
