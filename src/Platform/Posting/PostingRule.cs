using Holdfast.Platform.Api;

namespace Holdfast.Platform.Posting;

/// <summary>Whether an account may post now, and to whom (§5.2, §5.3, §5.10).</summary>
internal static class PostingRule
{
    private static readonly ApiError TooManyPosts = new(403, "spam_risk_too_many_posts", "The daily post cap of this user has been reached. Please try again tomorrow.");
    private static readonly ApiError UserBanned = new(403, "spam_risk_user_banned_from_posting", "This user may not post at the moment.");
    private static readonly ApiError ActiveUserCap = new(403, "reached_active_user_cap", "The daily quota of active users of this app has been reached.");
    private static readonly ApiError Mismatch = new(403, "privacy_level_option_mismatch", "The privacy level is not among the options of this user.");
    private static readonly ApiError Unaudited = new(403, "unaudited_client_can_only_post_to_private_accounts", "Please review our integration guidelines at https://developers.tiktok.com/doc/content-sharing-guidelines/");

    /// <summary>What <c>video/init</c> refuses; <c>null</c> when the post may begin.</summary>
    public static ApiError? Refusal(PostingFacts facts, string? privacyLevel, PostingOptions options) => facts switch
    {
        _ when privacyLevel is null || !PrivacyLevel.Options(facts.IsPrivate).Contains(privacyLevel, StringComparer.Ordinal) => Mismatch,
        // With a public account even SELF_ONLY is refused (§5.10), and the code is the same.
        { IsAudited: false } when !facts.IsPrivate || privacyLevel != PrivacyLevel.OnlyMe => Unaudited,
        _ => Stop(facts, options),
    };

    /// <summary>What stops the account from posting anything; <c>creator_info</c> tells it too.</summary>
    public static ApiError? Stop(PostingFacts facts, PostingOptions options) => facts switch
    {
        { IsBanned: true } => UserBanned,
        _ when options.PostsPerDay > 0 && facts.PostsToday >= options.PostsPerDay => TooManyPosts,
        { IsAudited: false } when facts.OtherCreatorsToday >= options.UnauditedCreatorsPerDay => ActiveUserCap,
        { IsAudited: true } when options.AuditedCreatorsPerDay > 0 && facts.OtherCreatorsToday >= options.AuditedCreatorsPerDay => ActiveUserCap,
        _ => null,
    };
}

/// <summary>What the rule asks about an account and an app.</summary>
internal sealed record PostingFacts
{
    public string UserName { get; init; } = "";
    public string DisplayName { get; init; } = "";
    public bool IsPrivate { get; init; }
    public bool AllowsComments { get; init; }
    public bool AllowsDuets { get; init; }
    public bool AllowsStitches { get; init; }
    public long LongestVideoSeconds { get; init; }
    public bool IsBanned { get; init; }
    public bool IsAudited { get; init; }

    /// <summary>Posts of the account in the last 24 hours, over all apps; failed ones do not count.</summary>
    public long PostsToday { get; init; }

    /// <summary>Other creators who posted through the app in the last 24 hours.</summary>
    public long OtherCreatorsToday { get; init; }
}
