using Holdfast.Platform.Overrides;
using Holdfast.Specs.Platform.Console;
using Holdfast.Specs.Storage;
using Holdfast.Storage;

namespace Holdfast.Specs.Platform.Overrides;

public sealed class ClockSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task Two_hours_ahead_an_access_token_is_over_and_back_at_now_it_lives_again(Engine engine)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync(engine);
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var granted = await platform.GrantAsync(app, ada);

        await platform.DoAsync(HttpMethod.Post, "/clock", new { advance = "2h" });

        Assert.False(await platform.OpensAsync(granted.Access));
        Assert.True(granted.IsGranted);
        var clock = (await platform.DoAsync(HttpMethod.Delete, "/clock")).Json;
        Assert.Equal("0s", clock.GetProperty("offset").GetString());
        Assert.True(await platform.OpensAsync(granted.Access));
    }

    [Fact]
    public async Task Steps_add_up_and_half_a_year_ahead_a_refresh_token_is_over()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();
        var (app, ada) = (await platform.AppAsync(), await platform.PersonAsync("ada"));
        var granted = await platform.GrantAsync(app, ada);

        for (var step = 0; step < 6; step++)
            await platform.DoAsync(HttpMethod.Post, "/clock", new { advance = "30d" });

        Assert.Equal("180d", (await platform.GetAsync("/clock")).Json.GetProperty("offset").GetString());
        Assert.Equal("invalid_grant", (await platform.RenewAsync(app, granted.Refresh)).Error);
    }

    [Fact]
    public async Task It_can_be_set_to_an_instant()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();

        await platform.DoAsync(HttpMethod.Post, "/clock", new { now = "2027-01-01T00:00:00Z" });

        Assert.Equal(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero), platform.Service<TimeProvider>().GetUtcNow());
    }

    [Theory]
    [InlineData("""{"advance":"20000d"}""")]
    [InlineData("""{"advance":"later"}""")]
    [InlineData("""{"now":"today"}""")]
    [InlineData("""{"advance":"1h","now":"2027-01-01T00:00:00Z"}""")]
    [InlineData("{}")]
    public async Task A_move_that_makes_no_sense_is_refused(string json)
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();

        Assert.Equal(400, (await platform.ConsoleAsync(HttpMethod.Post, "/clock", json)).Status);
        Assert.Equal(platform.Clock.GetUtcNow(), platform.Service<TimeProvider>().GetUtcNow());
    }

    [Fact]
    public async Task Two_moves_at_once_are_both_made()
    {
        await using var platform = await ConsoleCaller.WithConsoleAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => platform.DoAsync(HttpMethod.Post, "/clock", new { advance = "1h" })));

        Assert.Equal("8h", (await platform.GetAsync("/clock")).Json.GetProperty("offset").GetString());
    }

    [Fact]
    public async Task Timers_run_in_real_time_whatever_the_clock_shows()
    {
        var clock = new ShiftedClock(TestClock.System) { Offset = TimeSpan.FromDays(30) };
        var began = clock.GetTimestamp();

        await Task.Delay(TimeSpan.FromMilliseconds(50), clock);

        Assert.InRange(clock.GetElapsedTime(began), TimeSpan.FromMilliseconds(40), TimeSpan.FromSeconds(20));
        Assert.True(clock.GetUtcNow() - TestClock.System.GetUtcNow() > TimeSpan.FromDays(29));
    }
}
