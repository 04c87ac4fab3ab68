using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Shell.Language;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Posts;
using Holdfast.TikTok.Webhooks;

namespace Holdfast.Studio.Webhooks;

/// <summary>What an event of TikTok's does here: once, in the transaction that remembers it.</summary>
/// <remarks>A removal ends connections. What is told about a post only has it asked about at once: TikTok's answer decides, as it does when nothing is told.</remarks>
internal sealed class HearEvent(Database database, ConnectionStore connections, PostRows posts, TimeProvider clock, ILogger<HearEvent> log)
{
    public Task RunAsync(WebhookEvent heard) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        if (!await IsNewAsync(session, heard, now))
            return;
        var outcome = heard switch
        {
            { OpenId: { } openId, Content: WebhookContent.AuthorizationRemoved(var reason) } => await RemoveAsync(session, openId, CauseOf(reason), heard.CreatedAt, now),
            { OpenId: { } openId, Content: WebhookContent.NoLongerPubliclyAvailable(var id, _) } => await HiddenAsync(session, openId, id, now),
            { OpenId: { } openId, Content: { } content } when PublishIdOf(content) is { } id => await AskAsync(session, openId, id, now),
            _ => "passed over",
        };
        await session.RunAsync("update webhook_event set outcome = @outcome where id = @DeduplicationKey", new { heard.DeduplicationKey, outcome });
        log.Heard(heard.Name, outcome, heard.CreatedAt);
    });

    /// <summary>The first delivery wins the row; later ones are counted.</summary>
    private static async Task<bool> IsNewAsync(Session session, WebhookEvent heard, DateTimeOffset now) => await session.FirstAsync<long>("""
        insert into webhook_event (id, event, open_id, happened_at, received_at, last_at, times, outcome)
        values (@DeduplicationKey, @Name, @OpenId, @CreatedAt, @now, @now, 1, '')
        on conflict (id) do update set times = webhook_event.times + 1, last_at = @now
        returning times
        """, new { heard.DeduplicationKey, Name = heard.Name.CutTo(100), heard.OpenId, heard.CreatedAt, now }) == 1;

    private async Task<string> RemoveAsync(Session session, string openId, RemovalCause cause, DateTimeOffset happenedAt, DateTimeOffset now)
    {
        var ended = 0;
        // One consent at TikTok may be behind connections of several workspaces: it is gone for all of them.
        foreach (var id in await session.ListAsync<string>("select id from connection where open_id = @openId and refresh_token is not null order by id", new { openId }))
        {
            var row = await ConnectionStore.HoldAsync(session, id) ?? throw new InvalidOperationException($"The connection {id} is gone."); // rows are never deleted
            var change = row.ToDomain().AfterRemoval(cause, happenedAt, now);
            if (change.Connection == row.ToDomain())
                continue;
            await connections.SaveAsync(session, row, change, now);
            ended++;
        }
        return ended == 0 ? "known already" : $"{ended} ended or asked about";
    }

    /// <summary>The post's status is asked at once, whatever was said about it.</summary>
    private static async Task<string> AskAsync(Session session, string openId, string publishId, DateTimeOffset now)
    {
        var woken = await session.RunAsync("""
            update post set next_step_at = @now
            where publish_id = @publishId and (state in ('Processing', 'Unconfirmed', 'InInbox') or (state = 'Published' and video_id is null))
              and (next_step_at is null or next_step_at > @now)
              and connection_id in (select id from connection where open_id = @openId)
            """, new { publishId, openId, now });
        if (woken > 0)
            session.Signal(PostRows.DueTopic);
        return woken > 0 ? "asked about" : "known already";
    }

    /// <summary>TikTok hides a video that was out, or its owner does: that is worth a line of the post's history.</summary>
    private async Task<string> HiddenAsync(Session session, string openId, string publishId, DateTimeOffset now)
    {
        var hidden = await session.ListAsync<PostRow>($"""
            select {PostRow.Columns} from {PostRow.Source}
            where p.publish_id = @publishId and p.state = 'Published' and p.connection_id in (select id from connection where open_id = @openId)
            """, new { publishId, openId });
        foreach (var post in hidden)
            await posts.AddEventAsync(session, post, new PostEntry(now, PostState.Published, "NoLongerPublic"));
        return hidden.Count > 0 ? "written down" : "known already";
    }

    private static string? PublishIdOf(WebhookContent content) => content switch
    {
        WebhookContent.PostFailed(var id, _) => id,
        WebhookContent.PostCompleted(var id) => id,
        WebhookContent.InboxDelivered(var id) => id,
        WebhookContent.PubliclyAvailable(var id, _) => id,
        _ => null,
    };

    private static RemovalCause CauseOf(RemovalReason reason) => reason switch
    {
        RemovalReason.UserDisconnected => RemovalCause.ByUser,
        RemovalReason.AccountDeleted => RemovalCause.AccountDeleted,
        RemovalReason.AgeChanged => RemovalCause.AgeChanged,
        RemovalReason.AccountBanned => RemovalCause.AccountBanned,
        RemovalReason.DeveloperRevoked => RemovalCause.ByApp,
        _ => RemovalCause.Unknown,
    };
}
