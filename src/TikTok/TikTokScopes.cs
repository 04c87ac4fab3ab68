namespace Holdfast.TikTok;

/// <summary>Scope names and the comma-separated lists they travel in (tiktok-v2 §3).</summary>
public static class TikTokScopes
{
    /// <summary>Open id, avatars and display name; part of every Login Kit app.</summary>
    public const string UserInfoBasic = "user.info.basic";

    /// <summary>Bio, profile link, verified flag and user name.</summary>
    public const string UserInfoProfile = "user.info.profile";

    /// <summary>Counts of likes, followers, followed accounts and videos.</summary>
    public const string UserInfoStats = "user.info.stats";

    /// <summary>The account's public videos.</summary>
    public const string VideoList = "video.list";

    /// <summary>Posting straight to the profile.</summary>
    public const string VideoPublish = "video.publish";

    /// <summary>Sending drafts to the account's inbox.</summary>
    public const string VideoUpload = "video.upload";

    /// <summary>Follower and following lists. A Platform extension: TikTok has no such scope and refuses a request that names it.</summary>
    public const string FollowList = "platform.follow.list";

    /// <summary>The names in a comma-separated list, trimmed, empty ones dropped, each once, in the order given.</summary>
    /// <param name="list">The wire form; null counts as empty.</param>
    public static IReadOnlyList<string> Parse(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>What a server says was granted, without what no scope is called: such a name opens nothing, and a terminal might obey it.</summary>
    internal static IReadOnlyList<string> Granted(string? list) => [.. Parse(list).Where(Secret.IsSound)];
}
