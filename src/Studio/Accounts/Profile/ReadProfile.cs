using Holdfast.Domain.Connections;
using Holdfast.Shell.Sealing;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Accounts.Tokens;
using Holdfast.TikTok;
using Holdfast.TikTok.Display;

namespace Holdfast.Studio.Accounts.Profile;

/// <summary>Looks at an account's profile and latest videos. Whatever fails here never changes the connection by itself.</summary>
internal sealed class ReadProfile(AccessTokens tokens, StudioTikTok tiktok, ProfileStore store, Pictures pictures, BreakerStore breaker, IncidentStore incidents, TimeProvider clock, ILogger<ReadProfile> log)
{
    private const int Videos = 8;

    /// <summary>How looking went.</summary>
    public async Task<LookAnswer> TryAsync(string connectionId, CancellationToken aborted)
    {
        try
        {
            return await RunAsync(connectionId, aborted);
        }
        catch (SealedSecretException closed)
        {
            log.CannotLook(closed, connectionId);
            return LookAnswer.Again;
        }
    }

    private async Task<LookAnswer> RunAsync(string connectionId, CancellationToken aborted)
    {
        if (await tiktok.FindAsync(aborted) is not { } app)
            return LookAnswer.Again;
        var answer = await tokens.ForAsync(connectionId, evenWhenEnded: true, aborted);
        for (var tries = 1; answer is AccessTokenAnswer.Usable usable; tries++)
        {
            var fields = UserFields.For(usable.Scopes.All);
            // Without any profile permission the name stays what it was, and so does the health.
            if (fields.Count == 0)
                return await LookAtVideosAsync(app, connectionId, usable, aborted);
            var outcome = await app.Client.Display.UserInfoAsync(usable.Token, fields, aborted);
            await NoteAsync(connectionId, outcome);
            switch (outcome)
            {
                case ApiOutcome<UserInfo>.Ok(var user, _) when user.OpenId is null || user.OpenId == usable.OpenId:
                    await SaveAsync(app, connectionId, user, aborted);
                    await incidents.CallWorkedAsync(connectionId, clock.GetUtcNow());
                    return await LookAtVideosAsync(app, connectionId, usable, aborted);
                case ApiOutcome<UserInfo>.Refused({ Class: TikTokErrorClass.TokenProblem } error) when tries == 1:
                    // One renewal and one more call, then the token endpoint's word counts.
                    answer = await tokens.RejectedAsync(connectionId, usable.Token, error.LogId, aborted);
                    continue;
                case ApiOutcome<UserInfo>.Refused({ Class: TikTokErrorClass.TokenProblem } error):
                    answer = await tokens.RejectedAsync(connectionId, usable.Token, error.LogId, aborted);
                    return WhenStopped(answer);
                case ApiOutcome<UserInfo>.Refused(var error):
                    log.LookRefused(connectionId, error.Code, error.LogId);
                    return LookAnswer.Again;
                case ApiOutcome<UserInfo>.Unknown(var unknown):
                    log.LookUnanswered(connectionId, unknown.Detail, unknown.LogId);
                    return LookAnswer.Again;
                default:
                    log.LookRefused(connectionId, "another-account", null);
                    return LookAnswer.Again;
            }
        }
        return WhenStopped(answer);
    }

    /// <summary>Every account is looked at now and then, so this is where TikTok's silence is noticed while no renewal is due.</summary>
    private Task NoteAsync(string connectionId, ApiOutcome<UserInfo> outcome) => outcome is ApiOutcome<UserInfo>.Unknown(var unknown)
        ? breaker.FailedAsync(Lane.Calls, connectionId, unknown.LogId, unknown.RetryAfter)
        : breaker.AnsweredAsync(Lane.Calls);

    /// <summary>Tokens that TikTok renews and then refuses may be taken again one day: only that end is worth another look.</summary>
    private static LookAnswer WhenStopped(AccessTokenAnswer answer) =>
        answer is AccessTokenAnswer.NeedsSignIn { State: not ConnectionState.NeedsSignIn(NeedsSignInReason.TokensNotAccepted) } ? LookAnswer.Over : LookAnswer.Again;

    private async Task SaveAsync(TikTokApp app, string connectionId, UserInfo user, CancellationToken aborted)
    {
        if (await store.FindAsync(connectionId, aborted) is not { } row)
            return;
        var source = user.AvatarLargeUrl ?? user.AvatarUrl;
        var avatar = source is null || (source == row.AvatarSource && row.AvatarKey is not null)
            ? row.AvatarKey
            : await pictures.KeepAsync(source, $"{row.WorkspaceId}/accounts/{row.Id}/avatar", app.IsLocal, aborted);
        await store.SaveProfileAsync(connectionId, user, avatar ?? row.AvatarKey, avatar is null ? row.AvatarSource : source, aborted);
        if (avatar is not null && row.AvatarKey is { } former && former != avatar)
            await pictures.ForgetAsync(former);
    }

    private async Task<LookAnswer> LookAtVideosAsync(TikTokApp app, string connectionId, AccessTokenAnswer.Usable usable, CancellationToken aborted)
    {
        if (!usable.Scopes.Allows(Ability.ShowVideos) || await store.FindAsync(connectionId, aborted) is not { } row)
            return LookAnswer.Fine;
        var outcome = await app.Client.Display.VideosAsync(usable.Token, VideoFields.All, null, Videos, aborted);
        if (outcome is not ApiOutcome<VideoPage>.Ok(var page, _))
            return LookAnswer.Fine; // the account answered; its videos are looked at again next time

        var known = (await store.VideosAsync(row.WorkspaceId, connectionId, aborted)).ToDictionary(video => video.VideoId, StringComparer.Ordinal);
        var rows = new List<VideoRow>();
        foreach (var (place, video) in page.Videos.Index())
        {
            rows.Add(new VideoRow
            {
                ConnectionId = connectionId,
                VideoId = video.Id,
                Title = video.Title is { Length: > 0 } title ? title : video.Description ?? "",
                PostedAt = video.CreatedAt,
                CoverKey = known.GetValueOrDefault(video.Id)?.CoverKey
                    ?? await pictures.KeepAsync(video.CoverImageUrl, $"{row.WorkspaceId}/accounts/{row.Id}/cover", app.IsLocal, aborted),
                ShareUrl = Uri.TryCreate(video.ShareUrl, UriKind.Absolute, out var link) && link.Scheme is "https" or "http" ? video.ShareUrl : null,
                Views = video.ViewCount,
                Likes = video.LikeCount,
                Comments = video.CommentCount,
                Place = place,
            });
        }
        await store.SaveVideosAsync(row, rows, aborted);
        foreach (var gone in known.Values.Select(video => video.CoverKey).OfType<string>().Except(rows.Select(video => video.CoverKey).OfType<string>(), StringComparer.Ordinal))
            await pictures.ForgetAsync(gone);
        return LookAnswer.Fine;
    }
}

/// <summary>How looking at an account went, and so when to look again.</summary>
public enum LookAnswer
{
    /// <summary>The account answered.</summary>
    Fine,

    /// <summary>It did not work this time; sooner than usual.</summary>
    Again,

    /// <summary>The connection needs a person: there is nothing to look at.</summary>
    Over,
}
