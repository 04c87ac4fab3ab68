using System.Text.Json;
using Holdfast.Platform.Profiles;

namespace Holdfast.Platform.Display;

/// <summary>The fields of <c>user/info</c>, the scope each needs, and where each comes from (§4.1).</summary>
internal static class UserFields
{
    private const string Basic = "user.info.basic";
    private const string Profile = "user.info.profile";
    private const string Stats = "user.info.stats";

    private static readonly Dictionary<string, UserField> Known = new(StringComparer.Ordinal)
    {
        ["open_id"] = new(Basic, (json, name, user) => json.WriteString(name, user.OpenId)),
        ["union_id"] = new(Basic, (json, name, user) => json.WriteString(name, user.UnionId)),
        ["avatar_url"] = new(Basic, (json, name, user) => json.WriteString(name, user.AvatarUrl)),
        ["avatar_url_100"] = new(Basic, (json, name, user) => json.WriteString(name, user.AvatarUrl)),
        ["avatar_large_url"] = new(Basic, (json, name, user) => json.WriteString(name, user.AvatarUrl)),
        ["display_name"] = new(Basic, (json, name, user) => json.WriteString(name, user.Creator.DisplayName)),
        ["bio_description"] = new(Profile, (json, name, user) => json.WriteString(name, user.Creator.Bio)),
        ["profile_deep_link"] = new(Profile, (json, name, user) => json.WriteString(name, user.ProfileUrl)),
        ["username"] = new(Profile, (json, name, user) => json.WriteString(name, user.Creator.UserName)),
        ["is_verified"] = new(Profile, (json, name, user) => json.WriteBoolean(name, user.Creator.IsVerified)),
        ["follower_count"] = new(Stats, (json, name, user) => json.WriteNumber(name, user.Creator.FollowerCount)),
        ["following_count"] = new(Stats, (json, name, user) => json.WriteNumber(name, user.Creator.FollowingCount)),
        ["likes_count"] = new(Stats, (json, name, user) => json.WriteNumber(name, user.Creator.LikesCount)),
        ["video_count"] = new(Stats, (json, name, user) => json.WriteNumber(name, user.Creator.VideoCount)),
    };

    /// <summary>Whether a field exists.</summary>
    public static bool Has(string name) => Known.ContainsKey(name);

    /// <summary>Whether the grant opens a field; the basic ones open with any <c>user.info.*</c>, since clients in use count on it.</summary>
    public static bool IsGranted(string name, IReadOnlySet<string> scopes) =>
        scopes.Contains(Known[name].Scope) || (Known[name].Scope == Basic && (scopes.Contains(Profile) || scopes.Contains(Stats)));

    public static void Write(Utf8JsonWriter json, string name, UserData user) => Known[name].Write(json, name, user);

    private sealed record UserField(string Scope, Action<Utf8JsonWriter, string, UserData> Write);
}

/// <summary>Everything <c>user/info</c> can tell about an account.</summary>
internal sealed record UserData(Creator Creator, string OpenId, string UnionId, string AvatarUrl, string ProfileUrl);
