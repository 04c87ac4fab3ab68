using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Shell.Sealing;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.Studio.Media;
using Holdfast.TikTok;
using Holdfast.TikTok.Display;
using Holdfast.TikTok.Posting;

namespace Holdfast.Studio.Posts.Publishing;

/// <summary>The calls about one post, each answered with a fact.</summary>
internal sealed class AskTikTok(
    StudioTikTok tiktok, AccessTokens tokens, PublishStore posts, MediaFiles files, IncidentStore incidents, UserCap caps, TimeProvider clock, ILogger<AskTikTok> log)
{
    private const int VideoPages = 5;
    private const string NotSent = "rate_limit_exceeded";

    private static readonly string[] VideoFieldNames = ["id", "create_time", "title", "video_description", "share_url"];

    /// <summary>Whether and how the account may post now. The video is looked for first: an announced post without one would be lost.</summary>
    public async Task<Learned?> MayPostAsync(PostRow row, CancellationToken stopping)
    {
        try
        {
            if (!await files.IsThereAsync(row, stopping))
            {
                log.VideoMissing(row.Id, "it is not in the store, or not as long as it was");
                return new(new PostFact.MediaMissing());
            }
        }
        catch (IOException silent)
        {
            // It waits like one whose video is gone, and nobody is told that it is.
            log.StoreSilent(silent, row.Id);
            return new(new PostFact.MediaMissing(), Blocked: HoldReason.MediaMissing);
        }
        var learned = await CallAsync<CreatorInfo>(row, (client, token) => client.Posting.CreatorInfoAsync(token, CancellationToken.None),
            info => new PostFact.CreatorAllows([.. info.PrivacyLevelOptions], info.MaxVideoDuration));
        await caps.NoteAsync(row.ConnectionId, learned.Fact);
        return learned;
    }

    /// <summary>Announces the post. The row says already that this was sent.</summary>
    public async Task<Learned?> InitAsync(PostRow row)
    {
        VideoInit? init = null;
        var isLost = false;
        var learned = await CallAsync<VideoInit>(row, async (client, token) =>
        {
            // Getting a token may have taken longer than the claim.
            isLost = !await posts.RenewAsync(row);
            return isLost
                ? new ApiOutcome<VideoInit>.Refused(new(NotSent, "", null, 0))
                : await client.Posting.InitVideoAsync(token, WordsOf(row), new VideoSource.FileUpload(ChunkPlan.For(row.MediaBytes)), CancellationToken.None);
        }, answer => { init = answer; return new PostFact.InitAccepted(answer.PublishId); });
        if (isLost)
            return null;
        // No call went out, and saying so is not the same as an answer that was lost.
        if (learned.Blocked is not null)
            return new(new PostFact.Refused(NotSent));
        await caps.NoteAsync(row.ConnectionId, learned.Fact);
        return init?.UploadUrl is { } url ? learned with { UploadUrl = posts.Close(url, row.Id) } : learned;
    }

    public async Task<Learned?> StatusAsync(PostRow row, string publishId)
    {
        var learned = await CallAsync<TikTok.Posting.PublishStatus>(row, (client, token) => client.Posting.StatusAsync(token, publishId, CancellationToken.None), seen =>
            new PostFact.StatusSeen(Read(seen.State), seen.FailReason, seen.PostIds is [var id, ..] ? id.ToString(System.Globalization.CultureInfo.InvariantCulture) : null, seen.UploadedBytes));
        return learned.Fact switch
        {
            PostFact.StatusSeen { VideoId: { } videoId } => learned with { Link = await LinkAsync(row, videoId) },
            PostFact.StatusSeen seen => learned with { Fact = seen with { LogId = learned.LogId } },
            _ => learned,
        };
    }

    /// <summary>Looks for a post nobody has confirmed among the account's videos.</summary>
    public async Task<Learned?> FindVideoAsync(PostRow row, DateTimeOffset since)
    {
        var (known, hasTwin) = await posts.KnownVideosAsync(row, since);
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        var seen = new List<SeenVideo>();
        long? cursor = null;
        for (var page = 0; page < VideoPages; page++)
        {
            VideoPage? videos = null;
            var learned = await CallAsync<VideoPage>(row, (client, token) => client.Display.VideosAsync(token, VideoFieldNames, cursor, 20, CancellationToken.None),
                answer => { videos = answer; return new PostFact.VideosSeen(new Sighting.None()); });
            if (videos is null)
            {
                // Without leave to see videos there is nothing to find; a post that never got an address is settled by time alone.
                return learned.Fact is PostFact.Refused { Code: "scope_not_authorized" or "scope_permission_missed" } ? new(new PostFact.VideosSeen(new Sighting.None()), learned.LogId) : learned;
            }
            foreach (var video in videos.Videos.Where(video => video.CreatedAt is not null && !known.Contains(video.Id)))
            {
                seen.Add(new(video.Id, video.CreatedAt!.Value, video.Description ?? video.Title ?? "")); // just filtered
                if (video.ShareUrl is { } url && IsLink(url))
                    links[video.Id] = url;
            }
            if (!videos.HasMore || videos.Cursor is null || videos.Videos.Any(video => video.CreatedAt < since - ReconcileRule.Slack))
                break;
            cursor = videos.Cursor;
        }
        var found = ReconcileRule.Look(seen, row.Caption, since, hasTwin);
        // The link of a video that may be somebody else's is not this post's.
        return new(new PostFact.VideosSeen(found), Link: found is Sighting.Ours(var videoId) && row.PublishId is not null ? links.GetValueOrDefault(videoId) : null);
    }

    /// <summary>The page of a public video, where the person lets us see videos.</summary>
    private async Task<string?> LinkAsync(PostRow row, string videoId)
    {
        VideoPage? page = null;
        await CallAsync<VideoPage>(row, (client, token) => client.Display.QueryVideosAsync(token, ["id", "share_url"], [videoId], CancellationToken.None),
            answer => { page = answer; return new PostFact.VideosSeen(new Sighting.None()); });
        return page?.Videos.FirstOrDefault(video => video.Id == videoId)?.ShareUrl is { } url && IsLink(url) ? url : null;
    }

    private async Task<Learned> CallAsync<T>(PostRow row, Func<TikTokClient, AccessToken, Task<ApiOutcome<T>>> call, Func<T, PostFact> read)
    {
        if (await tiktok.FindAsync() is not { } app)
            return new(new PostFact.Unanswered("no-app"), Blocked: HoldReason.AppProblem);
        AccessTokenAnswer answer;
        try
        {
            answer = await tokens.ForAsync(row.WorkspaceId, row.ConnectionId ?? "");
        }
        catch (SealedSecretException locked)
        {
            log.CannotOpen(locked, row.Id);
            return new(new PostFact.Unanswered(locked.Cause), Blocked: HoldReason.AppProblem);
        }

        for (var isSecond = false; ; isSecond = true)
        {
            if (answer is not AccessTokenAnswer.Usable usable)
                return await WithoutTokenAsync(answer);
            switch (await call(app.Client, usable.Token))
            {
                case ApiOutcome<T>.Ok(var value, var logId):
                    return new(read(value), logId);
                case ApiOutcome<T>.Unknown(var unknown):
                    return new(new PostFact.Unanswered($"{unknown.Reason}", unknown.LogId), unknown.LogId);
                // It had a definite no and did nothing: with a new token the same call may be made again, once.
                case ApiOutcome<T>.Refused(var refused) when refused.Class is TikTokErrorClass.TokenProblem && !isSecond:
                    answer = await tokens.RejectedAsync(row.ConnectionId ?? "", usable.Token, refused.LogId);
                    break;
                case ApiOutcome<T>.Refused(var refused):
                    return new(new PostFact.Refused(refused.Code, refused.LogId, refused.RetryAfter), refused.LogId);
            }
        }
    }

    private async Task<Learned> WithoutTokenAsync(AccessTokenAnswer answer) => answer switch
    {
        AccessTokenAnswer.NeedsSignIn(var state) => new(new PostFact.Refused("access_token_invalid"), Blocked: state switch
        {
            ConnectionState.Restricted => HoldReason.AccountRestricted,
            ConnectionState.Disconnected => HoldReason.Disconnected,
            _ => HoldReason.NeedsSignIn,
        }),
        AccessTokenAnswer.NotNow(var retryAt) => new(new PostFact.Refused(NotSent, RetryAfter: retryAt - clock.GetUtcNow()),
            Blocked: (await incidents.OpenAsync()).Any(incident => IncidentRule.IsTheApps(incident.Cause)) ? HoldReason.AppProblem : HoldReason.TikTokUnavailable),
        _ => throw new System.Diagnostics.UnreachableException($"No rule for {answer}."),
    };

    private static VideoPost WordsOf(PostRow row) => new(row.Privacy)
    {
        Title = row.Caption.Length > 0 ? row.Caption : null,
        DisableComment = !row.AllowComment,
        DisableDuet = !row.AllowDuet,
        DisableStitch = !row.AllowStitch,
        IsOwnBrand = row.IsCommercial && row.IsOwnBrand,
        IsBrandedContent = row.IsCommercial && row.IsBrandedContent,
    };

    private static Domain.Posts.PublishStatus Read(PublishState state) => state switch
    {
        PublishState.InInbox => Domain.Posts.PublishStatus.InInbox,
        PublishState.Complete => Domain.Posts.PublishStatus.Complete,
        PublishState.Failed => Domain.Posts.PublishStatus.Failed,
        _ => Domain.Posts.PublishStatus.Uploading,
    };

    // A foreign word becomes a link on our pages only when it can be nothing but a web address.
    private static bool IsLink(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
}
