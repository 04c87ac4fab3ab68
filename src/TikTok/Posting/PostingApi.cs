using System.Text.Json;

namespace Holdfast.TikTok.Posting;

/// <summary>Content Posting (tiktok-v2 §5). After <see cref="ApiOutcome{T}.Unknown"/> of an init call a post may exist: ask before starting another.</summary>
public sealed class PostingApi
{
    private readonly Api api;

    internal PostingApi(Api api) => this.api = api;

    /// <summary>What the creator may post now (§5.2). Needs <c>video.publish</c>; 20 calls a minute per token. Refusals arrive with HTTP 200.</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="aborted">Ends the wait.</param>
    public Task<ApiOutcome<CreatorInfo>> CreatorInfoAsync(AccessToken token, CancellationToken aborted) =>
        api.PostAsync("/v2/post/publish/creator_info/query/", "", token, null, PostingJson.Creator, aborted);

    /// <summary>Begins a direct post (§5.3). Needs <c>video.publish</c>; 6 calls a minute per token.</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="post">Caption, privacy and switches.</param>
    /// <param name="source">Upload or pull.</param>
    /// <param name="aborted">Ends the wait.</param>
    public Task<ApiOutcome<VideoInit>> InitVideoAsync(AccessToken token, VideoPost post, VideoSource source, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(post);
        return api.PostAsync("/v2/post/publish/video/init/", "", token, Write, data => PostingJson.Init(data, source), aborted);

        void Write(Utf8JsonWriter writer)
        {
            PostingJson.Write(writer, post);
            PostingJson.Write(writer, source);
        }
    }

    /// <summary>Begins a draft that the creator finishes in the app (§5.4). Needs <c>video.upload</c>; 6 calls a minute per token, 5 unfinished drafts a day.</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="source">Upload or pull.</param>
    /// <param name="aborted">Ends the wait.</param>
    public Task<ApiOutcome<VideoInit>> InitInboxVideoAsync(AccessToken token, VideoSource source, CancellationToken aborted) =>
        api.PostAsync("/v2/post/publish/inbox/video/init/", "", token, writer => PostingJson.Write(writer, source), data => PostingJson.Init(data, source), aborted);

    /// <summary>Begins a photo post (§5.5). Needs <c>video.publish</c>, or <c>video.upload</c> for a draft; 6 calls a minute per token.</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="post">The pictures and their words.</param>
    /// <param name="asDraft">True sends it to the creator's inbox instead of the profile.</param>
    /// <param name="aborted">Ends the wait.</param>
    public Task<ApiOutcome<PhotoInit>> InitPhotosAsync(AccessToken token, PhotoPost post, bool asDraft, CancellationToken aborted)
    {
        ArgumentNullException.ThrowIfNull(post);
        return api.PostAsync("/v2/post/publish/content/init/", "", token, writer => PostingJson.Write(writer, post, asDraft), PostingJson.Photos, aborted);
    }

    /// <summary>Where a post stands (§5.7). 30 calls a minute per token.</summary>
    /// <param name="token">A user access token of the account that began it.</param>
    /// <param name="publishId">From the init call.</param>
    /// <param name="aborted">Ends the wait.</param>
    public Task<ApiOutcome<PublishStatus>> StatusAsync(AccessToken token, string publishId, CancellationToken aborted) =>
        api.PostAsync("/v2/post/publish/status/fetch/", "", token, writer => writer.WriteString("publish_id", publishId), PostingJson.Status, aborted);

    /// <summary>Asks to stop a running pull; best effort (§5.8).</summary>
    /// <param name="token">A user access token of the account that began it.</param>
    /// <param name="publishId">From the init call.</param>
    /// <param name="aborted">Ends the wait.</param>
    public Task<ApiOutcome<CancelAccepted>> CancelAsync(AccessToken token, string publishId, CancellationToken aborted) =>
        api.PostAsync("/v2/post/publish/cancel/", "", token, writer => writer.WriteString("publish_id", publishId), _ => new CancelAccepted(), aborted);
}
