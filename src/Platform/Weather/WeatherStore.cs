using Holdfast.Platform.Faults;
using Holdfast.Platform.Overrides;
using Holdfast.Storage;

namespace Holdfast.Platform.Weather;

/// <summary>Which stories are on. Starting and stopping one is one transaction over everything it is made of.</summary>
internal sealed class WeatherStore(Database database, FaultStore faults, VerdictStore verdicts, TimeProvider clock)
{
    // Everything a story is made of carries its name.
    private static readonly string[] Parts = ["fault", "platform_setting", "post_verdict", "weather"];

    /// <summary>The stories that are on, the oldest first.</summary>
    public Task<IReadOnlyList<ActiveStory>> ListAsync(CancellationToken aborted) => database.ReadAsync(session => session.ListAsync<ActiveStory>(
        "select story, started_at, ends_at from weather where ends_at > @now order by started_at", new { now = clock.GetUtcNow() }), aborted);

    /// <summary>Starts a story, from its beginning when it is on already.</summary>
    /// <param name="span">How long; <c>null</c> for as long as the story says.</param>
    public Task StartAsync(Story story, TimeSpan? span, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.OneAtATimeAsync($"weather:{story.Name}");
        await EndAsync(session, story.Name);
        var now = clock.GetUtcNow();
        var endsAt = now + (span ?? story.For);
        await session.RunAsync("insert into weather (story, started_at, ends_at) values (@Name, @now, @endsAt)", new { story.Name, now, endsAt });
        foreach (var fault in story.Faults)
            await faults.AddAsync(session, fault, story.Name, endsAt);
        foreach (var (name, value) in story.Settings)
            await OverrideStore.SetAsync(session, name, value, story.Name, endsAt);
        await verdicts.AddAsync(session, story.Verdicts, story.Name, now, endsAt);
        session.Signal(HearConsole.SignalTopic);
    }, aborted);

    /// <summary>Stops a story; <c>false</c> when it was not on.</summary>
    public Task<bool> StopAsync(string story, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        var wasOn = await EndAsync(session, story) > 0;
        session.Signal(HearConsole.SignalTopic);
        return wasOn;
    }, aborted);

    /// <summary>Takes away what is left of stories whose time is over.</summary>
    public async Task ClearAsync(DateTimeOffset now)
    {
        if (await database.ReadAsync(session => session.FirstAsync<string>("select story from weather where ends_at <= @now limit 1", new { now })) is { } over)
            await StopAsync(over, CancellationToken.None);
    }

    private static async Task<int> EndAsync(Session session, string story)
    {
        var gone = 0;
        foreach (var table in Parts)
            gone += await session.RunAsync($"delete from {table} where story = @story", new { story });
        return gone;
    }
}

/// <summary>A story that is on.</summary>
public sealed record ActiveStory
{
    public string Story { get; init; } = "";
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
}
