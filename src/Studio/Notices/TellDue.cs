using Holdfast.People.Letters;
using Holdfast.Storage;
using Holdfast.Storage.Work;

namespace Holdfast.Studio.Notices;

/// <summary>Makes of each notice one row for everyone who is to hear of it, through each channel they chose; and when nobody has solved it in time, one for a second person.</summary>
/// <remarks>One transaction takes the notice, makes the rows and says when to come back, so a power cut leaves all of it or nothing. One that cannot be told keeps no other waiting, such as a newer node's while an update goes through the nodes.</remarks>
internal sealed class TellDue(Database database, LetterBox letters, Ulids ulids, TimeProvider clock, ILogger<TellDue> log) : IDueWork
{
    private const string Due = "select id from notice where next_step_at <= @now order by next_step_at, id limit 1";

    public string Topic => NoticeQueue.Topic;

    public async Task<bool> RunDueAsync(CancellationToken stopping)
    {
        // Idle workers only read.
        if (await database.ReadAsync(session => session.FirstAsync<string>(Due, new { now = clock.GetUtcNow() }), stopping) is null)
            return false;
        return await database.TakeOneAsync(session => session.FirstAsync<string>($"{Due} {session.SkipLocked}", new { now = clock.GetUtcNow() }), TellAsync, StepAsideAsync, stopping);
    }

    private async Task TellAsync(Session session, string id)
    {
        var now = clock.GetUtcNow();
        var notice = await session.FirstAsync<NoticeRow>($"select {NoticeRow.Columns} from {NoticeRow.Source} where n.id = @id", new { id })
            ?? throw new InvalidOperationException("The notice has no workspace.");
        if (notice.ToldAt is null)
            await TellAsync(session, notice, now);
        else
            await EscalateAsync(session, notice, now);
    }

    private Task StepAsideAsync(Exception failure, string id)
    {
        log.NotTold(failure, id);
        return database.WriteAsync(session => session.RunAsync("update notice set next_step_at = @later where id = @id and next_step_at is not null", new { id, later = clock.GetUtcNow() + NoticeRule.Aside }));
    }

    private async Task TellAsync(Session session, NoticeRow notice, DateTimeOffset now)
    {
        foreach (var listener in await Audience.OfAsync(session, notice))
        {
            if (listener.WantsEmail(notice.Kind))
                await WriteToAsync(session, notice, listener, now);
            if (listener is { WantsWebhook: true, HookId: { } hook })
                await AddAsync(session, notice, Channel.Webhook, hook, now, now);
        }
        var again = NoticeRule.Escalates(notice.Kind) && notice.EscalateHours is { } hours ? notice.MadeAt.AddHours(hours) : (DateTimeOffset?)null;
        await session.RunAsync("update notice set told_at = @now, next_step_at = @again where id = @Id", new { notice.Id, now, again });
    }

    /// <summary>Whoever the workspace named, else the one who has been here longest and has not had this letter.</summary>
    private async Task EscalateAsync(Session session, NoticeRow notice, DateTimeOffset now)
    {
        var told = (await session.ListAsync<string>("select recipient from notice_delivery where notice_id = @Id and channel = 'email'", new { notice.Id })).ToHashSet(StringComparer.Ordinal);
        var others = (await Audience.OfAsync(session, notice)).Where(listener => listener.Email is not null && !told.Contains(listener.PersonId)).ToList();
        // Where no letter can go out nobody is told, and the page does not say so.
        var second = letters.Delivery is Delivery.None ? null : others.FirstOrDefault(listener => listener.PersonId == notice.EscalateTo) ?? others.FirstOrDefault();
        if (second is not null)
            await WriteToAsync(session, notice, second, now);
        await session.RunAsync("update notice set escalated_at = cast(@at as bigint), next_step_at = null where id = @Id", new { notice.Id, at = second is null ? (DateTimeOffset?)null : now });
    }

    // Where no letter can go out there is none to wait for.
    private Task WriteToAsync(Session session, NoticeRow notice, Listener listener, DateTimeOffset now) => letters.Delivery is Delivery.None
        ? Task.CompletedTask
        : AddAsync(session, notice, Channel.Email, listener.PersonId, NoticeRule.LetterAt(now, listener.Quiet, notice.UsefulUntil), now);

    private async Task AddAsync(Session session, NoticeRow notice, string channel, string recipient, DateTimeOffset at, DateTimeOffset now)
    {
        await session.RunAsync("""
            insert into notice_delivery (id, notice_id, workspace_id, channel, recipient, made_at, next_step_at, lease_until, fence, tries)
            values (@id, @noticeId, @WorkspaceId, @channel, @recipient, @now, @at, 0, 0, 0)
            on conflict do nothing
            """, new { id = ulids.Next(), noticeId = notice.Id, notice.WorkspaceId, channel, recipient, at, now });
        session.Signal(channel == Channel.Email ? WriteLetters.LettersTopic : Hooks.CallHooks.HooksTopic);
    }
}
