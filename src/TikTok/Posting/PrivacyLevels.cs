namespace Holdfast.TikTok.Posting;

/// <summary>Who may see a post (tiktok-v2 §5.3). Offer only what creator_info lists for the account, and preselect none.</summary>
public static class PrivacyLevels
{
    /// <summary>Everybody. Offered to public accounts.</summary>
    public const string Everyone = "PUBLIC_TO_EVERYONE";

    /// <summary>Followers whom the creator follows too.</summary>
    public const string MutualFriends = "MUTUAL_FOLLOW_FRIENDS";

    /// <summary>Followers. Offered to private accounts.</summary>
    public const string Followers = "FOLLOWER_OF_CREATOR";

    /// <summary>Only the creator. All that an app before its audit may use (§5.10).</summary>
    public const string OnlyMe = "SELF_ONLY";
}
