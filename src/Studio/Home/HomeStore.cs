using Holdfast.Domain.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Posts;

namespace Holdfast.Studio.Home;

/// <summary>What Home asks that no other page does.</summary>
internal sealed class HomeStore(Database database)
{
    private static readonly string Planned = In(Enum.GetValues<PostState>().Except([PostState.Draft, PostState.Cancelled]));
    private static readonly string Out = In([PostState.Published, PostState.InInbox]);

    public Task<FirstSteps> StepsAsync(string workspaceId, string personId, CancellationToken aborted = default) =>
        database.ReadAsync(async session => new FirstSteps
        {
            HasConnected = await AnyAsync(session, "connection where workspace_id = @workspaceId and connected_by = @personId and state <> 'disconnected'", workspaceId, personId),
            HasScheduled = await AnyAsync(session, $"post where workspace_id = @workspaceId and created_by = @personId and state in ({Planned})", workspaceId, personId),
            HasPublished = await AnyAsync(session, $"post where workspace_id = @workspaceId and created_by = @personId and state in ({Out})", workspaceId, personId),
        }, aborted);

    /// <summary>How many planned posts go out before <paramref name="until"/>.</summary>
    public async Task<int> DueBeforeAsync(string workspaceId, DateTimeOffset until, CancellationToken aborted = default) =>
        (int)await database.ReadAsync(session => session.FirstAsync<long>(
            $"select count(*) from post where workspace_id = @workspaceId and due_at < @until and state in ({In(Coming)})", new { workspaceId, until }), aborted);

    /// <summary>What is on its way and what comes next, in the order in which it goes out.</summary>
    public Task<IReadOnlyList<PostView>> NextAsync(string workspaceId, int take, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<PostView>($"""
            select {PostView.Columns} from {PostView.Source}
            where p.workspace_id = @workspaceId and p.state in ({In(Coming)})
            order by p.due_at, p.id limit @take
            """, new { workspaceId, take }), aborted);

    /// <summary>Planned posts that would not go out as things stand, the soonest first.</summary>
    public Task<IReadOnlyList<PostView>> AtRiskAsync(string workspaceId, int take, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<PostView>($"""
            select {PostView.Columns} from {PostView.Source}
            where p.workspace_id = @workspaceId and p.state = '{PostState.Scheduled}' and p.precheck_problem is not null
            order by p.due_at, p.id limit @take
            """, new { workspaceId, take }), aborted);

    /// <summary>How many held posts wait for each account, by connection.</summary>
    public async Task<IReadOnlyDictionary<string, int>> WaitingAsync(string workspaceId, CancellationToken aborted = default) =>
        (await database.ReadAsync(session => session.ListAsync<Waiting>($"""
            select connection_id, count(*) as posts from post
            where workspace_id = @workspaceId and state = '{PostState.Held}' and hold in ({In(AccountHolds)}) and connection_id is not null
            group by connection_id
            """, new { workspaceId }), aborted)).ToDictionary(row => row.ConnectionId, row => (int)row.Posts, StringComparer.Ordinal);

    /// <summary>Counts of the videos that TikTok has listed, by their id.</summary>
    public async Task<IReadOnlyDictionary<string, VideoCounts>> CountsAsync(string workspaceId, IReadOnlyCollection<string> videoIds, CancellationToken aborted = default) =>
        videoIds.Count == 0
            ? new Dictionary<string, VideoCounts>()
            : (await database.ReadAsync(session => session.ListAsync<VideoCounts>(
                $"select video_id, views, likes, comments from connection_video where workspace_id = @workspaceId and video_id {session.IsIn("ids")}", new { workspaceId, ids = videoIds.ToArray() }), aborted))
                .DistinctBy(counts => counts.VideoId).ToDictionary(counts => counts.VideoId, StringComparer.Ordinal);

    /// <summary>Holds that the account's own line on Home explains and its Reconnect ends.</summary>
    public static IReadOnlyList<HoldReason> AccountHolds { get; } = [.. Enum.GetValues<HoldReason>().Where(reason => HoldRule.Ends(reason) is HoldEnds.WithConnection)];

    private static IReadOnlyList<PostState> Coming { get; } = [PostState.Scheduled, PostState.Checking, PostState.Initialised, PostState.Uploading, PostState.Processing];

    private static async Task<bool> AnyAsync(Session session, string rows, string workspaceId, string personId) =>
        await session.FirstAsync<long>($"select count(*) from (select 1 from {rows} limit 1) as found", new { workspaceId, personId }) > 0;

    private static string In<T>(IEnumerable<T> values) => string.Join(", ", values.Select(value => $"'{value}'"));

    private sealed record Waiting
    {
        public string ConnectionId { get; init; } = "";
        public long Posts { get; init; }
    }
}
