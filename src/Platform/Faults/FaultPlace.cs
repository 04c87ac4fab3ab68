using Holdfast.Platform.Api;

namespace Holdfast.Platform.Faults;

/// <summary>Where a fault acts: one endpoint, or a group of them.</summary>
internal static class FaultPlace
{
    /// <summary>Every endpoint that programs call. The page where a person decides is a place of its own.</summary>
    public const string All = "all";
    public const string Exchange = "exchange";
    public const string Renewal = "renewal";

    /// <summary>What this Platform sends to apps.</summary>
    public const string Webhooks = "webhooks";

    private static readonly string[] Groups = [All, "oauth", "display", "posting", Exchange, Renewal];

    /// <summary>Every name a fault takes, groups first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Groups, .. ApiPlace.All.Where(place => place != ApiPlace.Unknown), Webhooks];

    public static bool IsKnown(string place) => Names.Contains(place);

    /// <summary>The place depends on what is sent, not only on the address.</summary>
    public static bool AsksWhat(string place) => place is Exchange or Renewal;

    /// <param name="at">The endpoint that was called.</param>
    /// <param name="grant">Of a token request, as far as it was looked at.</param>
    public static bool Covers(string place, string at, string? grant) => place switch
    {
        All => at is not (ApiPlace.Authorize or Webhooks),
        "oauth" => ApiPlace.IsOAuth(at),
        "posting" => ApiPlace.IsPosting(at),
        "display" => at is "user_info" or "video_list" or "video_query" or "follower_lists",
        Exchange => at is ApiPlace.Token && grant is "authorization_code",
        Renewal => at is ApiPlace.Token && grant is "refresh_token",
        _ => place == at,
    };

    /// <summary>Whether a fault at <paramref name="place"/> may turn out to cover a call of <paramref name="at"/>.</summary>
    public static bool MayCover(string place, string at) => AsksWhat(place) ? at is ApiPlace.Token : Covers(place, at, null);
}
