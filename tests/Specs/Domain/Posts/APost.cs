using Holdfast.Domain.Posts;
using static Holdfast.Domain.Posts.PostState;

namespace Holdfast.Specs.Domain.Posts;

/// <summary>A post somewhere on its way, brought there by the rules themselves.</summary>
internal static class APost
{
    public const long Size = 50_000_000;

    public static readonly DateTimeOffset Due = DateTimeOffset.Parse("2026-11-22T18:00:00Z");

    public static readonly PostFact Allowed = new PostFact.CreatorAllows([PrivacyRule.Everyone, PrivacyRule.OnlyMe], TimeSpan.FromMinutes(10));

    public static readonly PostFact Lost = new PostFact.Unanswered("timeout");

    public static Post Scheduled() =>
        new Post(Draft, PrivacyRule.Everyone, Size, TimeSpan.FromSeconds(30)).Schedule(Due) ?? throw new InvalidOperationException("A draft can be scheduled.");

    public static Post SendingInit() => Scheduled().Next(At(Due)).Post.After(Allowed, At(Due)).Post;

    public static Post Uploading(long bytes) => SendingInit()
        .After(new PostFact.InitAccepted("v_pub_file~v2-1.1"), At(Due)).Post
        .After(new PostFact.ChunkAccepted(bytes, false), At(Due)).Post;

    public static Post InProcessing() => Uploading(40_000_000).After(new PostFact.ChunkAccepted(Size, true), At(Due)).Post;

    /// <summary>TikTok has the bytes and says that it does not know the post.</summary>
    public static Post Unknown() => InProcessing().After(new PostFact.Refused("invalid_publish_id"), At(Due)).Post;

    public static Post Ask(Post post, DateTimeOffset now) => Expect<PostStep.AskStatus>(post.Next(At(now)), post.State);

    public static PostFact Seen(PublishStatus status, string? videoId = null, long? uploaded = null) =>
        new PostFact.StatusSeen(status, VideoId: videoId, UploadedBytes: uploaded);

    public static PostFact Found(Sighting sighting) => new PostFact.VideosSeen(sighting);

    public static PostFact FoundNothing => Found(new Sighting.None());

    public static PostContext At(DateTimeOffset now) => new(now, LateRule.Default);

    /// <summary>Nothing is too late to begin again by itself.</summary>
    public static PostContext Patiently(DateTimeOffset now) => new(now, new LateRule(TimeSpan.FromDays(30)));

    public static Post Expect<TStep>(PostChange change, PostState state)
    {
        Assert.IsType<TStep>(change.Step);
        Assert.Equal(state, change.Post.State);
        return change.Post;
    }
}
