using Holdfast.Domain.Connections;

namespace Holdfast.Domain.Posts;

/// <summary>A post of which nobody knows whether TikTok took it: asked about, looked for, and in the end a person's to settle.</summary>
internal static class Confirming
{
    private static readonly TimeSpan[] LookAfter = [.. new[] { 1, 5, 15, 60 }.Select(minutes => TimeSpan.FromMinutes(minutes))];

    /// <summary>Looks without a find that settle an init whose upload address never reached us.</summary>
    private const int LooksThatSettle = 2;

    /// <summary>Tries that TikTok did not answer, or could not be asked; after them and a day a person is asked instead.</summary>
    private const int TriesThatSettle = 3;

    public static PostChange Begin(Post post, PostContext at, string? code = null, string? logId = null) => Publishing.Told(post, post with
    {
        State = PostState.Unconfirmed,
        NextStepAt = at.Now + LookAfter[0],
        Trail = post.Trail with { Looks = 0, Failures = 0 },
    }, at, null, "Unconfirmed", code, logId);

    /// <summary>TikTok's own word first; the list of videos is a hint.</summary>
    public static PostChange Next(Post post, DateTimeOffset since, PostContext at) =>
        at.Blocked is not null ? CannotLook(post, since, at, at.Now + Publishing.BlockedCheck)
        : post.Trail.PublishId is { } publishId ? new(post, new PostStep.AskStatus(publishId))
        : new(post, new PostStep.AskVideoList(since));

    public static PostChange After(Post post, DateTimeOffset since, PostFact fact, PostContext at) => fact switch
    {
        PostFact.StatusSeen { Status: PublishStatus.Uploading } seen when seen.UploadedBytes >= post.VideoBytes => Processing(post, at),
        // Fewer bytes than we know to be there, or no count: TikTok's word does not settle it.
        PostFact.StatusSeen { Status: PublishStatus.Uploading } or PostFact.Refused { Code: "invalid_publish_id" or "token_not_authorized_for_specified_publish_id" } =>
            new(post, new PostStep.AskVideoList(since)),
        PostFact.StatusSeen seen when post.Trail.PublishId is not null => Publishing.StatusSeen(post, seen, at),
        PostFact.VideosSeen { Found: Sighting.Ours(var videoId) } when post.Trail.PublishId is not null => Publishing.Published(post, videoId, at),
        // Without an address not one byte of ours was sent: whoever made that video, we did not, and may not make a second one.
        PostFact.VideosSeen { Found: not Sighting.None } when post.Trail.PublishId is null => Ask(post, "SimilarSeen", at),
        PostFact.VideosSeen seen => NotFound(post with { Trail = post.Trail with { Looks = post.Trail.Looks + 1 } }, since, seen.Found, at),
        PostFact.Refused or PostFact.Unanswered => CannotLook(post, since, at, RetryRule.Posting.NextAt(at.Now, post.Trail.Failures, retryAfter: (fact as PostFact.Refused)?.RetryAfter)),
        _ => new(post, new PostStep.Nothing()),
    };

    /// <summary>Nobody finds out any more: the post waits for a person, who can look at the profile.</summary>
    public static PostChange Ask(Post post, string cause, PostContext at) =>
        new(post with { State = PostState.Unconfirmed, NextStepAt = null }, new PostStep.Nothing(), new(at.Now, PostState.Unconfirmed, cause));

    private static PostChange Processing(Post post, PostContext at)
    {
        var there = post with { State = PostState.Processing, Trail = post.Trail with { BytesSent = post.VideoBytes, ReceivedAt = post.Trail.ReceivedAt ?? at.Now, Failures = 0 } };
        return Publishing.Told(post, there with { NextStepAt = Publishing.PollAt(there, at.Now) }, at);
    }

    private static PostChange NotFound(Post post, DateTimeOffset since, Sighting found, PostContext at)
    {
        var looks = post.Trail.Looks;
        if (post.Trail.PublishId is null && (looks >= LooksThatSettle || AddressIsDead(since, at.Now)))
            return Publishing.Again(post, "InitLost", at);
        // With bytes at TikTok an empty list proves nothing (private posts are never in it): a person settles it.
        return looks < LookAfter.Length
            ? Publishing.Later(post, at.Now + LookAfter[looks])
            : Ask(post, found is Sighting.Similar ? "SimilarSeen" : "AskedPerson", at);
    }

    private static PostChange CannotLook(Post post, DateTimeOffset since, PostContext at, DateTimeOffset retryAt)
    {
        var tries = post.Trail.Failures + 1;
        if (post.Trail.PublishId is null && AddressIsDead(since, at.Now))
            return Publishing.Again(post, "InitLost", at);
        var tried = post with { Trail = post.Trail with { Failures = tries } };
        return tries >= TriesThatSettle && at.Now - since >= Publishing.GiveUpCountingAfter
            ? Ask(tried, "AskedPerson", at)
            : Publishing.Later(tried, retryAt);
    }

    private static bool AddressIsDead(DateTimeOffset since, DateTimeOffset now) => now - since >= PublishTrail.AddressLifetime;
}
