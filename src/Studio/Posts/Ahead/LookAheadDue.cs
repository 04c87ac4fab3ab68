using Holdfast.Domain.Posts;
using Holdfast.Domain.Quotas;
using Holdfast.Storage;
using Holdfast.Storage.Work;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Posts.Publishing;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Studio.Posts.Ahead;

/// <summary>Looks at planned posts a day and an hour before their time, while there is time to do something about what it finds.</summary>
/// <remarks>It changes nothing about the post: what it found stands beside it, under a claim of its own. A look that cannot reach TikTok says nothing and comes back.</remarks>
internal sealed class LookAheadDue(Database database, AskTikTok tiktok, NoticeQueue notices, TimeProvider clock) : IDueWork
{
    private const string IsDue = "precheck_at <= @now and precheck_lease_until <= @leaseNow";

    /// <summary>Longer than the calls take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>A full day now says something about a post that is due within the hour, and nothing about tomorrow.</summary>
    private static readonly TimeSpan CapCountsFor = TimeSpan.FromHours(2);

    public string Topic => "posts-ahead";

    public int Concurrency => 2;

    public string Free => "update post set precheck_lease_until = 0 where precheck_lease_until > 0";

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        if (await ClaimAsync(stopping) is not var (row, lease))
            return false;
        var found = await LookAsync(row, stopping);
        await database.WriteAsync(session => SettleAsync(session, row, lease, found), CancellationToken.None); // what was asked is noted
        return true;
    }

    private async Task<(PostRow Row, DateTimeOffset Lease)?> ClaimAsync(CancellationToken stopping)
    {
        if (await database.ReadAsync(async session => await session.FirstAsync<string>($"select id from post where {IsDue} limit 1", new { now = clock.GetUtcNow(), leaseNow = await session.LeaseNowAsync() }), stopping) is null)
            return null;
        return await database.WriteAsync<(PostRow, DateTimeOffset)?>(async session =>
        {
            var (now, leaseNow) = (clock.GetUtcNow(), await session.LeaseNowAsync());
            // The lease is the fence too: it only ever rises, and a change of the plan sets it back.
            var id = await session.FirstAsync<string>($"""
                update post set precheck_lease_until = @lease
                where id = (select id from post where {IsDue} order by precheck_at, id limit 1 {session.SkipLocked})
                returning id
                """, new { now, leaseNow, lease = leaseNow + Lease });
            return id is not null && await session.FirstAsync<PostRow>($"select {PostRow.Columns} from {PostRow.Source} where p.id = @id", new { id }) is { } row ? (row, leaseNow + Lease) : null;
        }, stopping);
    }

    private async Task<Foresight> LookAsync(PostRow row, CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        var (connection, hasRoom) = await database.ReadAsync(session => AccountAsync(session, row), stopping);
        if (row.Post.Foreseen(connection?.ToDomain(), hasRoom) is { } problem)
            return new Foresight.Trouble(problem);
        var learned = await tiktok.MayPostAsync(row, stopping);
        return learned switch
        {
            null => new Foresight.Unknown(),
            { Blocked: { } reason } => HoldRule.Ends(reason) is HoldEnds.WithConnection ? new Foresight.Trouble($"{reason}") : new Foresight.Unknown(),
            _ => row.Post.Foresee(learned.Fact, now) is Foresight.Trouble { Cause: nameof(HoldReason.DailyCap) or nameof(HoldReason.PendingDraftCap) } && row.Post.GoesOutAt() - now > CapCountsFor
                ? new Foresight.Fine()
                : row.Post.Foresee(learned.Fact, now),
        };
    }

    /// <summary>The account, and whether its day has a place left when the post goes out: what is out already and what is planned before it counts.</summary>
    private static async Task<(ConnectionRow? Connection, bool HasRoom)> AccountAsync(Session session, PostRow row)
    {
        var connection = row.ConnectionId is null ? null : await session.FirstAsync<ConnectionRow>(
            $"select {ConnectionRow.Columns} from connection where id = @ConnectionId and workspace_id = @WorkspaceId", new { row.ConnectionId, row.WorkspaceId });
        if (row.Post.GoesOutAt() is not { } goesOut)
            return (connection, true);
        var uses = await session.ListAsync<long>("""
            select coalesce(initialised_at, slot, due_at) from post
            where connection_id = @ConnectionId and workspace_id = @WorkspaceId and id <> @Id and (initialised_at is not null or state = 'Scheduled')
              and coalesce(initialised_at, slot, due_at) > @since and coalesce(initialised_at, slot, due_at) < @goesOut
            """, new { row.ConnectionId, row.WorkspaceId, row.Id, since = goesOut - Quota.Posts.Window, goesOut });
        return (connection, Quota.Posts.Left(uses.Select(DateTimeOffset.FromUnixTimeMilliseconds), goesOut) > 0);
    }

    private async Task SettleAsync(Session session, PostRow row, DateTimeOffset lease, Foresight found)
    {
        var now = clock.GetUtcNow();
        var isUnknown = found is Foresight.Unknown;
        var problem = isUnknown ? row.PrecheckProblem : (found as Foresight.Trouble)?.Cause;
        var next = isUnknown ? row.Post.LookAgainAt(now) : row.Post.NextLookAt(now);
        if (await session.RunAsync("""
            update post set precheck_at = cast(@next as bigint), precheck_problem = @problem, precheck_lease_until = 0 where id = @Id and precheck_lease_until = @lease
            """, new { row.Id, next, problem, lease }) == 0 || problem == row.PrecheckProblem)
        {
            return;
        }
        if (row.PrecheckProblem is not null)
            await notices.SolvePostAsync(session, row.WorkspaceId, row.Id, Occasion.PostCheck);
        if (problem is not null)
        {
            var goesOut = row.Post.GoesOutAt();
            var key = $"{Occasion.PostCheck}:{row.Id}:{problem}:{goesOut?.ToUnixTimeMilliseconds()}";
            await notices.AddAsync(session, new NewNotice(row.WorkspaceId, Occasion.PostCheck, key)
            {
                OpenKey = key,
                KeyWhenBack = $"{key}:{now.ToUnixTimeMilliseconds()}",
                Cause = problem,
                PostId = row.Id,
                ConnectionId = row.ConnectionId,
                UsefulUntil = goesOut,
            });
        }
        session.Signal(CurrentWorkspace.LiveTopicOf(row.WorkspaceId));
    }
}
