using Holdfast.Platform.Api;
using Holdfast.Platform.Tokens;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Posting;

/// <summary>Posts on their way in. Every step is one conditional statement, so two of a kind never both happen.</summary>
internal sealed class UploadStore(Database database, PostIds ids, TimeProvider clock, IOptions<PostingOptions> options)
{
    /// <summary>The signal that an upload is complete.</summary>
    public const string Topic = "uploads";

    /// <summary>Longer than any inspection and still takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    private const string Facts = """
        select person.user_name, person.display_name, creator.is_private, creator.allows_comments, creator.allows_duets, creator.allows_stitches,
          creator.longest_video_seconds, creator.banned_from_posting_at is not null as is_banned, app.is_audited,
          (select count(*) from upload where upload.creator_id = @CreatorId and upload.created_at > @dayAgo and upload.state <> 'failed') as posts_today,
          (select count(distinct upload.creator_id) from upload where upload.app_id = @AppId and upload.created_at > @dayAgo and upload.state <> 'failed' and upload.creator_id <> @CreatorId) as other_creators_today
        from creator join person on person.id = creator.person_id join app on app.id = @AppId
        where creator.person_id = @CreatorId
        """;

    private const string Insert = """
        insert into upload (id, publish_id, token_digest, creator_id, app_id, consent_id, blob_key, video_size, chunk_size, chunk_count, state, caption, privacy_level,
          comment_disabled, duet_disabled, stitch_disabled, cover_at_ms, brand_content, brand_organic, is_aigc, created_at, url_expires_at, next_step_at)
        select @id, @publishId, @digest, @CreatorId, @AppId, consent.id, @blobKey, @VideoSize, @ChunkSize, @Count, 'uploading', @Caption, @PrivacyLevel,
          @noComments, @noDuets, @noStitches, @CoverAtMs, @BrandContent, @BrandOrganic, @IsAigc, @now, @expires, @expires
        from consent where consent.app_id = @AppId and consent.person_id = @CreatorId and consent.ended_at is null
        """;

    // Only bytes that continue what is acknowledged count, only while the upload is open, and the last of them starts the checks.
    private const string Acknowledge = """
        update upload set received_bytes = @end,
          state = case when @end = video_size then 'processing' else state end,
          next_step_at = case when @end = video_size then @checksAt else next_step_at end
        where id = @Id and received_bytes = @first and state = 'uploading' and url_expires_at > @now
        """;

    private const string Claim = """
        update upload set lease_until = @lease, fence = fence + 1
        where id = (select id from upload where next_step_at <= @now and (lease_until is null or lease_until <= @now) order by next_step_at limit 1 {0})
        returning *
        """;

    public Task<PostingFacts> FactsAsync(AccessGrant access, CancellationToken aborted) =>
        database.ReadAsync(session => FactsAsync(session, access, clock.GetUtcNow()), aborted);

    /// <summary>Begins a post, or says why not; the caps are counted in the same transaction.</summary>
    public Task<InitResult> BeginAsync(AccessGrant access, InitRequest request, CancellationToken aborted)
    {
        var now = clock.GetUtcNow();
        var begun = new InitResult.Begun(ids.NextPublishId(), ids.Next(), ids.NextUploadToken());
        return database.WriteAsync(async session =>
        {
            // Takes the account's row, so that two calls at once are counted one after the other.
            await session.RunAsync("update creator set is_private = is_private where person_id = @CreatorId", new { access.CreatorId });
            var facts = await FactsAsync(session, access, now);
            if (PostingRule.Refusal(facts, request.PrivacyLevel, options.Value) is { } refusal)
                return new InitResult.Refused(refusal);

            var added = await session.RunAsync(Insert, new
            {
                id = begun.UploadId,
                publishId = begun.PublishId,
                digest = TokenText.Digest(begun.UploadToken),
                access.CreatorId,
                access.AppId,
                blobKey = $"videos/{begun.UploadId}",
                request.Plan.VideoSize,
                request.Plan.ChunkSize,
                request.Plan.Count,
                request.Caption,
                request.PrivacyLevel,
                noComments = request.DisableComment || !facts.AllowsComments,
                noDuets = request.DisableDuet || facts.IsPrivate || !facts.AllowsDuets,
                noStitches = request.DisableStitch || facts.IsPrivate || !facts.AllowsStitches,
                request.CoverAtMs,
                request.BrandContent,
                request.BrandOrganic,
                request.IsAigc,
                now,
                expires = now + options.Value.UploadFor,
            });
            // Access was removed between the check of the token and here.
            return added == 1 ? begun : (InitResult)new InitResult.Refused(ApiError.AccessTokenInvalid);
        }, aborted);
    }

    public Task<Upload?> FindAsync(string id, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Upload>("select * from upload where id = @id", new { id }), aborted);

    public Task<Upload?> FindByPublishIdAsync(string publishId, CancellationToken aborted) =>
        database.ReadAsync(session => session.FirstAsync<Upload>("select * from upload where publish_id = @publishId", new { publishId }), aborted);

    /// <summary>Counts bytes that are on disk; false when the upload moved on or ended meanwhile.</summary>
    public Task<bool> AcknowledgeAsync(Upload upload, long first, long end) => database.WriteAsync(async session =>
    {
        var now = clock.GetUtcNow();
        var counted = await session.RunAsync(Acknowledge, new { upload.Id, first, end, now, checksAt = now + options.Value.ProcessingFor }) == 1;
        if (counted && end == upload.VideoSize)
            session.Signal(Topic);
        return counted;
    });

    /// <summary>Takes one due upload under a fresh fence; <c>null</c> when none is due.</summary>
    public Task<Upload?> ClaimDueAsync(CancellationToken stopping)
    {
        var now = clock.GetUtcNow();
        return database.WriteAsync(session => session.FirstAsync<Upload>(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, Claim, session.SkipLocked), new { now, lease = now + Lease }), stopping);
    }

    /// <summary>Ends a claimed upload as failed; false when somebody else has it now.</summary>
    public Task<bool> FailAsync(Upload claimed, string reason) => database.WriteAsync(async session =>
        await session.RunAsync("""
            update upload set state = 'failed', fail_reason = @reason, next_step_at = null, lease_until = null
            where id = @Id and fence = @Fence and state = @State
            """, new { claimed.Id, claimed.Fence, claimed.State, reason }) == 1);

    private static async Task<PostingFacts> FactsAsync(Session session, AccessGrant access, DateTimeOffset now) =>
        await session.FirstAsync<PostingFacts>(Facts, new { access.CreatorId, access.AppId, dayAgo = now - TimeSpan.FromHours(24) })
            ?? throw new InvalidOperationException($"The account {access.CreatorId} has a token but no profile.");
}

/// <summary>What became of a call of <c>video/init</c>.</summary>
internal abstract record InitResult
{
    private InitResult() { }

    public sealed record Begun(string PublishId, string UploadId, string UploadToken) : InitResult
    {
        // Records print their members, and this one opens an upload.
        public override string ToString() => $"Begun({PublishId})";
    }

    public sealed record Refused(ApiError Error) : InitResult;
}
