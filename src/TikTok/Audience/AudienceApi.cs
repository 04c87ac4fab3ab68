using System.Text.Json;

namespace Holdfast.TikTok.Audience;

/// <summary>Follower and following lists of the token's own account.</summary>
/// <remarks>
/// A Platform extension: only a Holdfast Platform answers these calls, TikTok has no such endpoint for users.
/// Ask for <see cref="TikTokScopes.FollowList"/> only where <see cref="TikTokEndpoints.IsTikTok"/> is false: TikTok refuses the
/// whole authorization over a scope it does not know. The shape follows TikTok's research lists (tiktok-v2 §8).
/// </remarks>
public sealed class AudienceApi
{
    private readonly Api api;

    internal AudienceApi(Api api) => this.api = api;

    /// <summary>Who follows the account, newest first. Needs <see cref="TikTokScopes.FollowList"/>.</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="cursor">From the page before; null starts at the newest.</param>
    /// <param name="maxCount">1 to 100 people.</param>
    /// <param name="aborted">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCount"/> is outside its range.</exception>
    public Task<ApiOutcome<FollowPage>> FollowersAsync(AccessToken token, long? cursor, int maxCount, CancellationToken aborted) =>
        ListAsync("followers", token, cursor, maxCount, aborted);

    /// <summary>Whom the account follows, newest first. Needs <see cref="TikTokScopes.FollowList"/>.</summary>
    /// <param name="token">A user access token.</param>
    /// <param name="cursor">From the page before; null starts at the newest.</param>
    /// <param name="maxCount">1 to 100 people.</param>
    /// <param name="aborted">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxCount"/> is outside its range.</exception>
    public Task<ApiOutcome<FollowPage>> FollowingAsync(AccessToken token, long? cursor, int maxCount, CancellationToken aborted) =>
        ListAsync("following", token, cursor, maxCount, aborted);

    private Task<ApiOutcome<FollowPage>> ListAsync(string list, AccessToken token, long? cursor, int maxCount, CancellationToken aborted)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxCount, 100);
        return api.PostAsync($"/v2/platform/user/{list}/", "", token, Write, data => ReadPage(data, $"user_{list}"), aborted);

        void Write(Utf8JsonWriter writer)
        {
            if (cursor is { } before)
            {
                writer.WriteNumber("cursor", before);
            }

            writer.WriteNumber("max_count", maxCount);
        }
    }

    private static FollowPage? ReadPage(JsonElement data, string member) => data.Member(member) is { ValueKind: JsonValueKind.Array }
        ? new([.. data.Items(member).Select(ReadPerson).OfType<FollowPerson>()], data.Integer("cursor"), data.Flag("has_more") ?? false)
        : null;

    private static FollowPerson? ReadPerson(JsonElement person) =>
        person.Text("username") is { Length: > 0 } username ? new(username, person.Text("display_name") is { Length: > 0 } name ? name : username) : null;
}
