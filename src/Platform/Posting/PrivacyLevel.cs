namespace Holdfast.Platform.Posting;

/// <summary>Who may see a video, in the protocol's words (§5.3).</summary>
internal static class PrivacyLevel
{
    public const string Everyone = "PUBLIC_TO_EVERYONE";
    public const string Friends = "MUTUAL_FOLLOW_FRIENDS";
    public const string Followers = "FOLLOWER_OF_CREATOR";
    public const string OnlyMe = "SELF_ONLY";

    private static readonly string[] OfPublicAccounts = [Everyone, Friends, OnlyMe];
    private static readonly string[] OfPrivateAccounts = [Followers, Friends, OnlyMe];

    /// <summary>What an account may choose (§5.2).</summary>
    public static IReadOnlyList<string> Options(bool isPrivateAccount) => isPrivateAccount ? OfPrivateAccounts : OfPublicAccounts;
}
