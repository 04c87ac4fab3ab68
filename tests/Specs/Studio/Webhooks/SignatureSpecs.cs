using System.Collections.Concurrent;
using System.Net;
using Holdfast.Specs.Studio.Accounts;

namespace Holdfast.Specs.Studio.Webhooks;

/// <summary>Scenario O10 where clocks differ, where TikTok repeats what it signed days ago, and where somebody else calls.</summary>
public sealed class SignatureSpecs
{
    private static readonly FakeAccount Ada = new("open-ada", "Ada");

    [Theory, Trait("scenario", "O10")]
    [InlineData(-95)]
    [InlineData(-1)]
    [InlineData(0.9)]
    public async Task O10_an_event_that_was_signed_days_ago_or_by_a_clock_ahead_of_ours_is_taken_and_taken_once(double hours)
    {
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false);
        using var tiktok = new HearingStudio(studio);
        var id = await studio.ConnectAsync(Ada);
        studio.Clock.Advance(TimeSpan.FromDays(5));
        var body = HearingStudio.Body("authorization.removed", Ada.OpenId, tiktok.Now.AddHours(hours), new { reason = 1 });
        var signature = HearingStudio.Sign(body, tiktok.Now.AddHours(hours));

        Assert.Equal(HttpStatusCode.OK, await tiktok.SendAsync(body, signature));
        Assert.Equal("needs-sign-in", (await studio.RowAsync(id)).State);
        await studio.ConnectAsync(Ada);
        Assert.Equal(HttpStatusCode.OK, await tiktok.SendAsync(body, signature));

        Assert.Equal("live", (await studio.RowAsync(id)).State);
        Assert.Equal(["authorization.removed 2 1 ended or asked about"], await tiktok.OutcomesAsync());
    }

    [Fact]
    public async Task A_signature_that_is_right_and_too_old_blames_the_clock_and_not_the_secret()
    {
        var log = new Lines();
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false, configure: services => services.AddSingleton<ILoggerProvider>(log));
        using var tiktok = new HearingStudio(studio);

        await tiktok.SendAsync("{}", HearingStudio.Sign("{}", tiktok.Now.AddDays(-5)));

        var said = Assert.Single(log.All, line => line.Contains("turned away", StringComparison.Ordinal));
        Assert.Contains("look at the clock", said, StringComparison.Ordinal);
        Assert.Contains("the client secret here is right", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Strangers_who_call_without_a_signature_get_one_line_a_minute_with_how_many_they_were()
    {
        var log = new Lines();
        await using var studio = await StudioUnderTest.CreateAsync(start: true, workers: false, configure: services => services.AddSingleton<ILoggerProvider>(log));
        using var tiktok = new HearingStudio(studio);
        for (var i = 0; i < 30; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await tiktok.SendAsync("{}", null));
        Assert.Contains("last said: 1,", Assert.Single(log.All, line => line.Contains("turned away", StringComparison.Ordinal)), StringComparison.Ordinal);

        // What TikTok signed is told beside them.
        await tiktok.SendAsync("{}", HearingStudio.Sign("{}", tiktok.Now.AddDays(-5)));
        Assert.Equal(2, log.All.Count(line => line.Contains("turned away", StringComparison.Ordinal)));

        studio.Clock.Advance(TimeSpan.FromSeconds(61));
        await tiktok.SendAsync("{}", null);

        Assert.Contains("last said: 30,", log.All.Last(line => line.Contains("turned away", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => All.Enqueue(formatter(state, exception));

        public void Dispose() { }
    }
}
