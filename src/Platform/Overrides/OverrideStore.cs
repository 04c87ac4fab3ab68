using Holdfast.Storage;

namespace Holdfast.Platform.Overrides;

/// <summary>The console's settings and the clock's offset, as rows that every node reads.</summary>
internal sealed class OverrideStore(Database database)
{
    /// <summary>The row that holds how far the clock is moved, in milliseconds.</summary>
    public const string ClockOffset = "clock_offset_ms";

    public static readonly TimeSpan LongestShift = TimeSpan.FromDays(3650);

    private const string Set = """
        insert into platform_setting (name, story, value, ends_at) values (@name, @story, @value, @endsAt)
        on conflict (name, story) do update set value = @value, ends_at = @endsAt
        """;

    public Task<IReadOnlyList<Override>> ListAsync() => database.ReadAsync(session => session.ListAsync<Override>("select name, story, value, ends_at from platform_setting order by name, story"));

    /// <summary>Sets what is given and takes back what is <c>null</c>, all or nothing.</summary>
    /// <returns>The first name that does not exist or does not take its value; <c>null</c> when all was done.</returns>
    public async Task<string?> ChangeAsync(IReadOnlyDictionary<string, string?> wanted, CancellationToken aborted)
    {
        foreach (var (name, value) in wanted)
        {
            if (SettingTable.Find(name) is not { } setting || (value is not null && !setting.Takes(value)))
                return name;
        }
        await database.WriteAsync(async session =>
        {
            foreach (var (name, value) in wanted)
                await (value is null ? UnsetAsync(session, name) : SetAsync(session, name, value));
            session.Signal(HearConsole.SignalTopic);
        }, aborted);
        return null;
    }

    /// <summary>Takes back everything that a person set; the clock and the weather stay.</summary>
    public Task ResetAsync(CancellationToken aborted) => database.WriteAsync(async session =>
    {
        await session.RunAsync("delete from platform_setting where story = '' and name <> @ClockOffset", new { ClockOffset });
        session.Signal(HearConsole.SignalTopic);
    }, aborted);

    public static Task SetAsync(Session session, string name, string value, string story = "", DateTimeOffset? endsAt = null) =>
        session.RunAsync(Set, new { name, story, value, endsAt });

    /// <summary>Moves the clock by so much more, or back to now.</summary>
    /// <returns>How far it is moved then; <c>null</c> when that is too far.</returns>
    public Task<TimeSpan?> ShiftAsync(TimeSpan? by, CancellationToken aborted) => database.WriteAsync<TimeSpan?>(async session =>
    {
        await session.OneAtATimeAsync(ClockOffset);
        var before = await session.FirstAsync<string>("select value from platform_setting where name = @ClockOffset and story = ''", new { ClockOffset }) is { } text ? Offset(text) : TimeSpan.Zero;
        var offset = by is { } more ? before + more : TimeSpan.Zero;
        if (offset.Duration() > LongestShift)
            return null;
        await (offset == TimeSpan.Zero ? UnsetAsync(session, ClockOffset) : SetAsync(session, ClockOffset, ((long)offset.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        session.Signal(HearConsole.SignalTopic);
        return offset;
    }, aborted);

    public static TimeSpan Offset(string value) => TimeSpan.FromMilliseconds(long.Parse(value, System.Globalization.CultureInfo.InvariantCulture));

    private static Task UnsetAsync(Session session, string name) => session.RunAsync("delete from platform_setting where name = @name and story = ''", new { name });
}
