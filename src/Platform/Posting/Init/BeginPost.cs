using Holdfast.Platform.Api;
using Holdfast.Platform.Posting.Pull;
using Holdfast.Platform.Tokens;
using Holdfast.Platform.Webhooks;
using Holdfast.Storage;
using Microsoft.Extensions.Options;

namespace Holdfast.Platform.Posting.Init;

/// <summary>Begins posts; the caps are counted in the transaction that adds one.</summary>
internal sealed class BeginPost(Database database, PostIds ids, UrlProperties properties, TimeProvider clock, IOptions<PostingOptions> options)
{
    // Which apps are unaudited is said here and nowhere else.
    private const string Facts = """
        select person.user_name, person.display_name, creator.is_private, creator.allows_comments, creator.allows_duets, creator.allows_stitches,
          creator.longest_video_seconds, creator.banned_from_posting_at is not null as is_banned, app.is_audited = false as is_unaudited, app.active_creators_per_day as creators_per_day,
          (select count(*) from upload where upload.creator_id = @CreatorId and upload.goal = 'profile' and upload.created_at > @dayAgo and upload.state <> 'failed') as posts_today,
          (select count(distinct upload.creator_id) from upload where upload.app_id = @AppId and upload.goal = 'profile' and upload.created_at > @dayAgo and upload.state <> 'failed' and upload.creator_id <> @CreatorId) as other_creators_today,
          (select count(*) from upload where upload.creator_id = @CreatorId and upload.app_id = @AppId and upload.goal = 'inbox' and upload.created_at > @dayAgo and upload.state in ('uploading', 'downloading', 'processing', 'inbox')) as pending_drafts
        from creator join person on person.id = creator.person_id join app on app.id = @AppId
        where creator.person_id = @CreatorId
        """;

    private const string Insert = """
        insert into upload (id, publish_id, token_digest, creator_id, app_id, consent_id, kind, way, goal, source_url, blob_key, video_size, chunk_size, chunk_count, state,
          title, caption, privacy_level, comment_disabled, duet_disabled, stitch_disabled, cover_at_ms, cover_index, brand_content, brand_organic, is_aigc, created_at, url_expires_at, next_step_at)
        select @id, @publishId, @digest, @CreatorId, @AppId, consent.id, @Kind, @Way, @Goal, @url, @blobKey, @size, @chunk, @count, @state,
          @Title, @Caption, @privacy, @noComments, @noDuets, @noStitches, @CoverAtMs, @coverIndex, @BrandContent, @BrandOrganic, @IsAigc, @now, @expires, @firstStep
        from consent where consent.app_id = @AppId and consent.person_id = @CreatorId and consent.ended_at is null
        """;

    public Task<PostingFacts> FactsAsync(AccessGrant access, CancellationToken aborted) =>
        database.ReadAsync(session => FactsAsync(session, access, clock.GetUtcNow()), aborted);

    /// <summary>Begins a post, or says why not.</summary>
    public Task<InitResult> RunAsync(AccessGrant access, InitRequest request, CancellationToken aborted)
    {
        var now = clock.GetUtcNow();
        var begun = new InitResult.Begun(ids.NextPublishId(request.Source.Kind, request.Source.Way, request.Goal), ids.Next(), request.Source is MediaSource.Upload ? ids.NextUploadToken() : null);
        return database.WriteAsync(async session =>
        {
            // Takes the account's row, so that two calls at once are counted one after the other.
            await session.RunAsync("update creator set is_private = is_private where person_id = @CreatorId", new { access.CreatorId });
            // The app's creators are counted over rows of others, which this one's does not cover. Always after it, so that nobody waits in a circle.
            if (request.Goal == PostGoal.Profile)
                await session.OneAtATimeAsync($"creators:{access.AppId}");
            var facts = await FactsAsync(session, access, now) with { OwnsAddresses = await OwnsAsync(session, access, request.Source) };
            if (PostingRule.Refusal(facts, request, options.Value) is { } refusal)
                return new InitResult.Refused(refusal);
            // Access was removed between the check of the token and here.
            return await InsertAsync(session, access, request, facts, begun, now) ? begun : (InitResult)new InitResult.Refused(ApiError.AccessTokenInvalid);
        }, aborted);
    }

    private async Task<bool> InsertAsync(Session session, AccessGrant access, InitRequest request, PostingFacts facts, InitResult.Begun begun, DateTimeOffset now)
    {
        var plan = (request.Source as MediaSource.Upload)?.Plan;
        var expires = now + (plan is null ? options.Value.PullFor : options.Value.UploadFor);
        var added = await session.RunAsync(Insert, new
        {
            id = begun.UploadId,
            publishId = begun.PublishId,
            digest = begun.UploadToken is { } token ? TokenText.Digest(token) : [],
            access.CreatorId,
            access.AppId,
            request.Source.Kind,
            request.Source.Way,
            request.Goal,
            url = (request.Source as MediaSource.VideoAt)?.Address.AbsoluteUri,
            // What we fetch gets a name when it is fetched.
            blobKey = plan is null ? "" : $"videos/{begun.UploadId}",
            size = plan?.VideoSize ?? 0,
            chunk = plan?.ChunkSize ?? 0,
            count = plan?.Count ?? 0,
            state = plan is null ? UploadState.Downloading : UploadState.Uploading,
            request.Title,
            request.Caption,
            privacy = request.PrivacyLevel ?? "",
            noComments = request.DisableComment || !facts.AllowsComments,
            noDuets = request.DisableDuet || facts.IsPrivate || !facts.AllowsDuets,
            noStitches = request.DisableStitch || facts.IsPrivate || !facts.AllowsStitches,
            request.CoverAtMs,
            coverIndex = (request.Source as MediaSource.PhotosAt)?.CoverIndex ?? 0,
            request.BrandContent,
            request.BrandOrganic,
            request.IsAigc,
            now,
            expires,
            firstStep = plan is null ? now : expires,
        });
        if (added == 0)
            return false;
        foreach (var (number, address) in ((request.Source as MediaSource.PhotosAt)?.Addresses ?? []).Index())
            await session.RunAsync("insert into upload_photo (upload_id, number, source_url) values (@UploadId, @number, @url)", new { begun.UploadId, number, url = address.AbsoluteUri });
        if (plan is null)
            session.Signal(PullStore.Topic);
        return true;
    }

    private async Task<bool> OwnsAsync(Session session, AccessGrant access, MediaSource source)
    {
        foreach (var address in source.ToFetch)
        {
            if (!await properties.CoversAsync(session, access.AppId, address))
                return false;
        }
        return true;
    }

    private static async Task<PostingFacts> FactsAsync(Session session, AccessGrant access, DateTimeOffset now) =>
        await session.FirstAsync<PostingFacts>(Facts, new { access.CreatorId, access.AppId, dayAgo = now - TimeSpan.FromHours(24) })
            ?? throw new InvalidOperationException($"The account {access.CreatorId} has a token but no profile.");
}

/// <summary>What became of an init call.</summary>
internal abstract record InitResult
{
    private InitResult() { }

    /// <param name="UploadToken"><c>null</c> where nothing is uploaded.</param>
    public sealed record Begun(string PublishId, string UploadId, string? UploadToken) : InitResult
    {
        // Records print their members, and this one opens an upload.
        public override string ToString() => $"Begun({PublishId})";
    }

    public sealed record Refused(ApiError Error) : InitResult;
}
