using Holdfast.Storage;

namespace Holdfast.Platform.Posting.Inbox;

/// <summary>What apps left for a creator to finish. Every statement names the creator.</summary>
internal sealed class Drafts(Database database, TimeProvider clock)
{
    private const int MostListed = 100;

    private const string Mine = """
        select upload.*, app.name as app_name, app.icon_key as app_icon_key, video.id as post_id
        from upload join app on app.id = upload.app_id left join video on video.id = upload.video_id
        where upload.creator_id = @creatorId and upload.delivered_at is not null
        """;

    /// <summary>Everything that was ever delivered, newest first: what is finished or thrown away too.</summary>
    public Task<IReadOnlyList<Draft>> ListAsync(string creatorId, CancellationToken aborted) =>
        database.ReadAsync(session => session.ListAsync<Draft>(Mine + " order by upload.delivered_at desc, upload.id desc limit @MostListed", new { creatorId, MostListed }), aborted);

    /// <summary>A draft that still waits; <c>null</c> when there is none, or it is somebody else's.</summary>
    public Task<Draft?> FindAsync(string creatorId, string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Draft>(Mine + " and upload.id = @id and upload.state = 'inbox'", new { creatorId, id }), aborted);

    public Task<long> WaitingAsync(string creatorId, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<long>(
        "select count(*) from upload where creator_id = @creatorId and delivered_at is not null and state = 'inbox'", new { creatorId }), aborted);

    /// <summary>What the account allows, for the draft's form.</summary>
    public Task<DraftOwner?> OwnerAsync(string creatorId, CancellationToken aborted) => database.ReadAsync(session => session.FirstAsync<DraftOwner>("""
        select is_private, allows_comments, allows_duets, allows_stitches, banned_from_posting_at is not null as is_banned from creator where person_id = @creatorId
        """, new { creatorId }), aborted);

    /// <summary>Throws a draft away with its bytes; false when it no longer waits.</summary>
    public Task<bool> DiscardAsync(Draft draft, CancellationToken aborted) => database.WriteAsync(async session =>
    {
        if (await session.RunAsync("update upload set state = 'discarded' where id = @Id and creator_id = @CreatorId and state = 'inbox'", new { draft.Id, draft.CreatorId }) != 1)
            return false;
        await UploadStore.RemoveFilesAsync(session, draft, clock.GetUtcNow());
        return true;
    }, aborted);
}

/// <summary>An account, as far as a draft's form asks.</summary>
public sealed record DraftOwner
{
    public bool IsPrivate { get; init; }
    public bool AllowsComments { get; init; }
    public bool AllowsDuets { get; init; }
    public bool AllowsStitches { get; init; }
    public bool IsBanned { get; init; }

    public bool MayAllowDuets => AllowsDuets && !IsPrivate;

    public bool MayAllowStitches => AllowsStitches && !IsPrivate;
}
