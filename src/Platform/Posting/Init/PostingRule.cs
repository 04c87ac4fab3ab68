using Holdfast.Platform.Api;

namespace Holdfast.Platform.Posting.Init;

/// <summary>Whether an account may post now, and to whom (§5.2 to §5.5, §5.10), in the order of §7.2: ownership, privacy, audit, caps.</summary>
internal static class PostingRule
{
    /// <summary>Drafts of one creator from one app that wait within 24 hours (§5.4).</summary>
    public const int MostPendingDrafts = 5;

    private static readonly ApiError TooManyPosts = new(403, "spam_risk_too_many_posts", "The daily post cap of this user has been reached. Please try again tomorrow.");
    private static readonly ApiError TooManyDrafts = new(403, "spam_risk_too_many_pending_share", "This user has too many pending drafts of the last 24 hours. They need to post or discard some first.");
    private static readonly ApiError UserBanned = new(403, "spam_risk_user_banned_from_posting", "This user may not post at the moment.");
    private static readonly ApiError ActiveUserCap = new(403, "reached_active_user_cap", "The daily quota of active users of this app has been reached.");
    private static readonly ApiError Mismatch = new(403, "privacy_level_option_mismatch", "The privacy level is not among the options of this user.");
    private static readonly ApiError Unaudited = new(403, "unaudited_client_can_only_post_to_private_accounts", "Please review our integration guidelines at https://developers.tiktok.com/doc/content-sharing-guidelines/");

    /// <summary>Of an address that nobody has shown to be the app's.</summary>
    public static readonly ApiError Unowned = new(403, "url_ownership_unverified", "Please verify the ownership of the domain or the URL prefix in the developer portal first.");

    /// <summary>What an init call is refused for; <c>null</c> when the post may begin.</summary>
    public static ApiError? Refusal(PostingFacts facts, InitRequest request, PostingOptions options) => facts switch
    {
        _ when !facts.OwnsAddresses => Unowned,
        // A draft is posted by its creator, so neither the app's audit nor its quota counts.
        { IsBanned: true } when request.Goal == PostGoal.Inbox => UserBanned,
        _ when request.Goal == PostGoal.Inbox => facts.PendingDrafts >= MostPendingDrafts ? TooManyDrafts : null,
        _ when request.PrivacyLevel is null || !PrivacyLevel.Options(facts.IsPrivate).Contains(request.PrivacyLevel, StringComparer.Ordinal) => Mismatch,
        // With a public account even SELF_ONLY is refused (§5.10), and the code is the same.
        { IsUnaudited: true } when !facts.IsPrivate || request.PrivacyLevel != PrivacyLevel.OnlyMe => Unaudited,
        _ => Stop(facts, options),
    };

    /// <summary>What stops the account from posting anything; <c>creator_info</c> tells it too.</summary>
    public static ApiError? Stop(PostingFacts facts, PostingOptions options) => facts switch
    {
        { IsBanned: true } => UserBanned,
        _ when options.PostsPerDay > 0 && facts.PostsToday >= options.PostsPerDay => TooManyPosts,
        { IsUnaudited: true } when facts.OtherCreatorsToday >= options.UnauditedCreatorsPerDay => ActiveUserCap,
        _ when (facts.CreatorsPerDay ?? options.AuditedCreatorsPerDay) is > 0 and var cap && facts.OtherCreatorsToday >= cap => ActiveUserCap,
        _ => null,
    };
}
