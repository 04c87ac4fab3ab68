using Holdfast.People.Letters;
using Holdfast.Storage;

namespace Holdfast.Studio.Notices;

/// <summary>A workspace's notices as a member reads them.</summary>
internal sealed class NoticeStore(Database database, LetterBox letters, TimeProvider clock)
{
    public const int PageSize = 30;

    private const string IsRead = "exists (select 1 from notice_read r where r.notice_id = n.id and r.person_id = @personId)";

    // What is solved asks for nobody any more, read or not.
    private const string IsNew = $"n.solved_at is null and not {IsRead}";

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<NoticeRow>> ListAsync(string workspaceId, string personId, bool onlyNew, int skip = 0, int take = PageSize, CancellationToken aborted = default) =>
        database.ReadAsync(session => session.ListAsync<NoticeRow>($"""
            select {NoticeRow.Columns}, {IsRead} as is_read from {NoticeRow.Source}
            where n.workspace_id = @workspaceId {(onlyNew ? $"and {IsNew}" : "")}
            order by n.made_at desc, n.id desc limit @take offset @skip
            """, new { workspaceId, personId, skip, take }), aborted);

    public async Task<int> CountAsync(string workspaceId, CancellationToken aborted = default) =>
        (int)await database.ReadAsync(session => session.FirstAsync<long>("select count(*) from notice where workspace_id = @workspaceId", new { workspaceId }), aborted);

    /// <summary>How many a member has not seen and nobody has solved.</summary>
    public async Task<int> CountNewAsync(string workspaceId, string personId, CancellationToken aborted = default) =>
        (int)await database.ReadAsync(session => session.FirstAsync<long>($"select count(*) from notice n where n.workspace_id = @workspaceId and {IsNew}", new { workspaceId, personId }), aborted);

    public Task ReadAsync(string workspaceId, string personId, string id) => MarkAsync("n.id = @id", new { workspaceId, personId, id, now = clock.GetUtcNow() });

    public Task ReadAllAsync(string workspaceId, string personId) => MarkAsync("n.solved_at is null", new { workspaceId, personId, now = clock.GetUtcNow() });

    /// <summary>Letters that have not gone out yet, the oldest first: to whom, about what, since when and why.</summary>
    public Task<IReadOnlyList<WaitingLetter>> WaitingAsync(string workspaceId, int take = 50, CancellationToken aborted = default) => database.ReadAsync<IReadOnlyList<WaitingLetter>>(async session =>
    {
        var rows = await session.ListAsync<WaitingLetter>($"""
            select d.id as delivery_id, d.next_step_at as letter_at, d.done_at, d.problem, p2.display_name as person_name, {NoticeRow.Columns}
            from {NoticeRow.Source} join notice_delivery d on d.notice_id = n.id join person p2 on p2.id = d.recipient
            where d.workspace_id = @workspaceId and d.channel = 'email' and d.withdrawn_at is null and n.solved_at is null and d.made_at > @since
            order by d.made_at, d.id limit 1000
            """, new { workspaceId, since = clock.GetUtcNow() - NoticeRule.LetterIsGoodFor });
        var box = (await letters.NotSentAsync(session, [.. rows.Where(row => row.DoneAt is not null).Select(row => row.DeliveryId)])).ToDictionary(letter => letter.Id, StringComparer.Ordinal);
        return
        [
            .. rows.Where(row => row.DoneAt is null || box.ContainsKey(row.DeliveryId))
                .Select(row => box.TryGetValue(row.DeliveryId, out var letter) ? row with { Problem = letter.Problem, LetterAt = letter.NextTryAt } : row).Take(take),
        ];
    }, aborted);

    // The workspace is part of the question: nobody marks what they may not see.
    private Task MarkAsync(string which, object facts) => database.WriteAsync(session => session.RunAsync($"""
        insert into notice_read (notice_id, person_id, read_at) select n.id, @personId, @now from notice n where n.workspace_id = @workspaceId and {which} on conflict do nothing
        """, facts));
}

/// <summary>A letter on its way, and why it has not arrived.</summary>
public sealed record WaitingLetter : NoticeRow
{
    public string DeliveryId { get; init; } = "";
    public string PersonName { get; init; } = "";

    /// <summary>When it is written, or tried again; null when it is given up.</summary>
    public DateTimeOffset? LetterAt { get; init; }

    /// <summary>Since when it lies in the letter box; null while it is not written yet, mostly because of quiet hours.</summary>
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>The mail server's answer to the latest try, or why there was none; or why the letter could not be written.</summary>
    public string? Problem { get; init; }
}
