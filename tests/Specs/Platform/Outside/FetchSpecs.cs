using Holdfast.Shell.Hosting;
using Holdfast.Shell.Outside;
using Holdfast.Specs.Platform.Webhooks;
using Microsoft.Extensions.Options;

namespace Holdfast.Specs.Platform.Outside;

public sealed class FetchSpecs
{
    private const string Address = "https://media.example.test/clip.mp4";

    [Fact]
    public async Task An_answer_is_kept_up_to_a_size_and_says_that_there_was_more()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = http => http.Response.WriteAsync(new string('x', 5000));
        using var fetch = Fetch(receiver);

        Assert.True(await SendAsync(fetch, 100) is OutsideResult.Answered { Status: 200, Body.Length: 100, IsCut: true });
        Assert.True(await SendAsync(fetch, 5000) is OutsideResult.Answered { Body.Length: 5000, IsCut: false });
    }

    [Fact]
    public async Task A_receiver_that_says_nothing_or_stops_in_the_middle_is_left_at_the_deadline()
    {
        await using var receiver = await Receiver.StartAsync();
        var clock = new DeadlineClock();
        using var fetch = Fetch(Network(receiver), clock);
        var over = new TaskCompletionSource();
        receiver.Answer = _ =>
        {
            clock.Pass();
            return over.Task;
        };
        Assert.Equal(new OutsideResult.Failed(OutsideFailure.TimedOut), await SendAsync(fetch, 100));

        receiver.Answer = async http =>
        {
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync("beginning");
            await http.Response.Body.FlushAsync();
            clock.Pass();
            await over.Task;
        };
        Assert.Equal(new OutsideResult.Failed(OutsideFailure.TimedOut), await SendAsync(fetch, 100));
        over.SetResult();
    }

    [Fact]
    public async Task A_name_nobody_has_a_closed_door_and_a_bad_certificate_are_told_apart()
    {
        await using var receiver = await Receiver.StartAsync();
        var network = Network(receiver);
        using var fetch = Fetch(network);
        Assert.Equal(new OutsideResult.Failed(OutsideFailure.Unknown), await SendAsync(fetch, 1, "https://nobody.example.test/"));
        network.Door = null;
        Assert.Equal(new OutsideResult.Failed(OutsideFailure.Unreachable), await SendAsync(fetch, 1));

        var strict = new FakeNetwork(trusts: false) { Door = receiver.Https };
        strict.Name("media.example.test", "8.8.4.4");
        using var careful = Fetch(strict);
        Assert.Equal(new OutsideResult.Failed(OutsideFailure.Certificate), await SendAsync(careful, 1));
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task A_large_body_is_read_as_it_comes_and_a_redirect_is_none()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = async http =>
        {
            http.Response.ContentType = "video/mp4";
            http.Response.ContentLength = 3_000_000;
            await http.Response.Body.WriteAsync(new byte[3_000_000]);
        };
        using var fetch = Fetch(receiver);
        await using (var body = Assert.IsType<OutsideOpening.Opened>(await fetch.OpenAsync(new Uri(Address), TimeSpan.FromMinutes(1), CancellationToken.None)).Body)
        {
            Assert.Equal((3_000_000L, "video/mp4"), (body.Length, body.ContentType));
            var (total, buffer) = (0, new byte[65536]);
            while (await body.ReadAsync(buffer, CancellationToken.None) is > 0 and var read)
                total += read;
            Assert.Equal(3_000_000, total);
        }

        receiver.AnswerWith(302);
        Assert.Equal(new OutsideOpening.Answered(302), await fetch.OpenAsync(new Uri(Address), TimeSpan.FromMinutes(1), CancellationToken.None));
        Assert.Equal(new OutsideOpening.Refused(OutsideProblem.Scheme), await fetch.OpenAsync(new Uri("http://media.example.test/"), TimeSpan.FromMinutes(1), CancellationToken.None));
    }

    [Fact]
    public async Task A_large_body_that_breaks_off_or_takes_too_long_is_no_whole_one()
    {
        await using var receiver = await Receiver.StartAsync();
        var clock = new DeadlineClock();
        using var fetch = Fetch(Network(receiver), clock);
        var over = new TaskCompletionSource();
        foreach (var breaks in new[] { true, false })
        {
            receiver.Answer = async http =>
            {
                http.Response.ContentLength = 1000;
                await http.Response.WriteAsync("beginning");
                await http.Response.Body.FlushAsync();
                await over.Task;
                http.Abort();
            };
            await using var body = Assert.IsType<OutsideOpening.Opened>(await fetch.OpenAsync(new Uri(Address), TimeSpan.FromMinutes(1), CancellationToken.None)).Body;
            Assert.Equal("beginning".Length, await body.ReadAsync(new byte[100], CancellationToken.None));
            if (breaks)
                over.SetResult();
            else
                clock.Pass();
            var failed = await Assert.ThrowsAsync<OutsideReadException>(async () => await body.ReadAsync(new byte[100], CancellationToken.None));
            Assert.Equal(breaks ? OutsideFailure.Broken : OutsideFailure.TimedOut, failed.Failure);
            over.TrySetResult();
            over = new TaskCompletionSource();
        }
    }

    [Fact]
    public async Task Nothing_of_ours_goes_along_and_no_connection_is_used_twice()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = http =>
        {
            http.Response.Headers.SetCookie = "kept=1";
            return Task.CompletedTask;
        };
        var network = Network(receiver);
        using var fetch = Fetch(network);
        await SendAsync(fetch, 1);
        await SendAsync(fetch, 1);

        Assert.Equal(2, network.Called.Count);
        Assert.All(receiver.All, got => Assert.Equal(["Host"], got.Headers.Keys.Where(name => name is not ("Connection" or ":authority"))));
    }

    private static async Task<OutsideResult> SendAsync(OutsideFetch fetch, int keep, string address = Address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await fetch.SendAsync(request, keep, CancellationToken.None);
    }

    private static FakeNetwork Network(Receiver receiver)
    {
        var network = new FakeNetwork { Door = receiver.Https };
        network.Name("media.example.test", "8.8.4.4");
        return network;
    }

    private static OutsideFetch Fetch(Receiver receiver) => Fetch(Network(receiver));

    private static OutsideFetch Fetch(FakeNetwork network, TimeProvider? clock = null) =>
        new(network, Options.Create(new OutsideOptions()), new AppOptions { Url = new Uri("https://platform.example.test"), Listen = "0.0.0.0:443", Data = "" }, clock ?? TestClock.System);

    /// <summary>A clock on which the latest deadline passes when told.</summary>
    private sealed class DeadlineClock : TimeProvider
    {
        private Action pass = () => { };

        public void Pass() => pass();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            pass = () => callback(state);
            return new Waiting();
        }

        private sealed class Waiting : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
