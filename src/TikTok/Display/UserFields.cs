namespace Holdfast.TikTok.Display;

/// <summary>Names of profile fields and the scope each one needs (tiktok-v2 §4.1). One field too many fails the whole call, so ask for what was granted.</summary>
public static class UserFields
{
    private static readonly string[] Basic = ["open_id", "union_id", "avatar_url", "avatar_url_100", "avatar_large_url", "display_name"];
    private static readonly string[] Profile = ["bio_description", "profile_deep_link", "is_verified", "username"];
    private static readonly string[] Stats = ["follower_count", "following_count", "likes_count", "video_count"];

    /// <summary>Every field these scopes open, in documentation order; empty when none of them is a <c>user.info</c> scope.</summary>
    /// <param name="grantedScopes">From the token grant.</param>
    public static IReadOnlyList<string> For(IEnumerable<string> grantedScopes)
    {
        var scopes = new HashSet<string>(grantedScopes, StringComparer.Ordinal);
        List<string> fields = [];
        if (scopes.Contains(TikTokScopes.UserInfoBasic))
        {
            fields.AddRange(Basic);
        }

        if (scopes.Contains(TikTokScopes.UserInfoProfile))
        {
            fields.AddRange(Profile);
        }

        if (scopes.Contains(TikTokScopes.UserInfoStats))
        {
            fields.AddRange(Stats);
        }

        return fields;
    }
}
