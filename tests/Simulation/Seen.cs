using Holdfast.Simulation.Stage;

namespace Holdfast.Simulation;

/// <summary>What the rows of both programs say in the end.</summary>
internal sealed class Seen
{
    public required IReadOnlyDictionary<string, string> States { get; init; }

    /// <summary>By connection, in their order. A better reason for what people already know is no other end.</summary>
    public required IReadOnlyDictionary<string, List<EndEvent>> Ends { get; init; }

    public required IReadOnlyList<PostEnd> Posts { get; init; }

    /// <summary>How often each caption is a video on the Platform.</summary>
    public required IReadOnlyDictionary<string, int> Videos { get; init; }

    /// <summary>Word of an end that was tried in vain until somebody had signed in again, by channel and connection: the receiver was down all the while.</summary>
    public required ILookup<(string Channel, string ConnectionId), bool> InVain { get; init; }

    public static async Task<Seen> ReadAsync(World world)
    {
        var (studio, platform) = (world.StudioData.Rows, world.PlatformData.Rows);
        var states = await studio.ReadAsync(session => session.ListAsync<State>("select id, state || ' ' || coalesce(state_reason, '') as words from connection"));
        var ends = await studio.ReadAsync(session => session.ListAsync<EndEvent>("""
            select connection_id, cause, at
            from (
              select rowid as line, connection_id, kind, cause, at, lag(kind, 1, '') over (partition by connection_id order by rowid) as before
              from connection_event where kind in ('SignInNeeded', 'Connected', 'Reconnected', 'Recovered'))
            where kind = 'SignInNeeded' and before <> kind order by line
            """));
        var posts = await studio.ReadAsync(session => session.ListAsync<PostEnd>("""
            select caption, state, hold, due_at, init_sent_at,
              (select count(*) from post_event where post_id = post.id and (cause in ('TikTokUnavailable', 'AppProblem') or state = 'Unconfirmed')) as failed_tries
            from post
            """));
        var inVain = await studio.ReadAsync(session => session.ListAsync<Undelivered>("""
            select d.channel, n.connection_id from notice n join notice_delivery d on d.notice_id = n.id left join letter l on l.id = d.id
            where n.kind = 'NeedsSignIn' and n.solved_at is not null and case d.channel when 'email' then l.sent_at is null and l.tries > 2 else d.done_at is null and d.tries > 2 end
            """));
        var videos = await platform.ReadAsync(session => session.ListAsync<string>("select caption from video"));
        return new Seen
        {
            States = states.ToDictionary(state => state.Id, state => state.Words.Trim(), StringComparer.Ordinal),
            Ends = ends.GroupBy(end => end.ConnectionId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal),
            Posts = posts,
            InVain = inVain.ToLookup(one => (one.Channel, one.ConnectionId), _ => true),
            Videos = videos.GroupBy(caption => caption, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal),
        };
    }

    internal sealed record EndEvent
    {
        public string ConnectionId { get; init; } = "";
        public string Cause { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }

    internal sealed record PostEnd
    {
        public string Caption { get; init; } = "";
        public string State { get; init; } = "";
        public string? Hold { get; init; }
        public DateTimeOffset DueAt { get; init; }
        public DateTimeOffset? InitSentAt { get; init; }

        /// <summary>Calls for it that the wire broke.</summary>
        public long FailedTries { get; init; }

        public string Creator => Caption.Split(' ')[0];
    }

    private sealed record Undelivered
    {
        public string Channel { get; init; } = "";
        public string ConnectionId { get; init; } = "";
    }

    private sealed record State
    {
        public string Id { get; init; } = "";
        public string Words { get; init; } = "";
    }
}
