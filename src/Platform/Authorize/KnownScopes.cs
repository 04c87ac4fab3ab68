namespace Holdfast.Platform.Authorize;

/// <summary>The scopes this Platform serves (§3). Their words for people stand in Texts.json under <c>authorize.scope.…</c>.</summary>
internal static class KnownScopes
{
    public const string Basic = "user.info.basic";

    /// <summary>Follower and following lists: this Platform's own addition (docs/decisions/0007), which TikTok does not have.</summary>
    public const string FollowList = "platform.follow.list";

    /// <summary>Public data for research (§3, §8): enabled on an app, opened by the app's own token. No person is ever asked for it.</summary>
    public const string Research = "research.data.basic";

    /// <summary>In the order in which pages show them.</summary>
    public static readonly string[] All = [Basic, "user.info.profile", "user.info.stats", FollowList, "video.list", "video.upload", "video.publish"];

    /// <summary>What an app can be given: also what no person is asked for.</summary>
    public static readonly string[] OfApps = [.. All, Research];

    /// <summary>Begins the name of every scope that is ours and not TikTok's.</summary>
    public static bool IsExtension(string scope) => scope.StartsWith("platform.", StringComparison.Ordinal);

    /// <summary>Part of every sign-in (§1.4): who agrees at all agrees to this.</summary>
    public static bool IsRequired(string scope) => scope == Basic;
}
