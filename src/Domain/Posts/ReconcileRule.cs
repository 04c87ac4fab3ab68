namespace Holdfast.Domain.Posts;

/// <summary>A video of the account, as its list shows it.</summary>
public sealed record SeenVideo(string Id, DateTimeOffset CreatedAt, string Title);

/// <summary>What the account's videos say about a post nobody has confirmed.</summary>
public abstract record Sighting
{
    private Sighting()
    {
    }

    /// <summary>Nothing that looks like it. Proves little: private videos are never in the list.</summary>
    public sealed record None : Sighting;

    /// <summary>The same words, and no proof that it is this post: somebody may have posted them by hand.</summary>
    public sealed record Similar : Sighting;

    /// <summary>The only video with these words, made after this post was announced, and no other post of ours can have become it.</summary>
    public sealed record Ours(string VideoId) : Sighting;
}

/// <summary>Recognises an unconfirmed post among the account's videos. The list names no publish_id, so words and times are all there is.</summary>
public static class ReconcileRule
{
    /// <summary>TikTok's list cuts titles here.</summary>
    private const int ShownTitle = 150;

    /// <summary>Two clocks: what is this little older than the init is in doubt, and proves nothing.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>The list tells whole seconds.</summary>
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <param name="videos">Without those that were known before, or are known to be other posts.</param>
    /// <param name="hasTwin">Another post of ours has the same words and may be at TikTok too.</param>
    public static Sighting Look(IEnumerable<SeenVideo> videos, string caption, DateTimeOffset initSentAt, bool hasTwin = false)
    {
        var alike = videos.Where(video => video.CreatedAt >= initSentAt - Slack && Shown(video.Title) == Shown(caption)).Take(2).ToList();
        return alike switch
        {
            [] => new Sighting.None(),
            [var only] when !hasTwin && Shown(caption).Length > 0 && only.CreatedAt > initSentAt - Second => new Sighting.Ours(only.Id),
            _ => new Sighting.Similar(),
        };
    }

    private static string Shown(string text) => text.Trim() is { Length: > ShownTitle } longer ? longer[..ShownTitle].TrimEnd() : text.Trim();
}
