namespace Holdfast.Domain.Posts;

/// <summary>Who may see a post, in TikTok's words, and what an account's options tell.</summary>
public static class PrivacyRule
{
    public const string Everyone = "PUBLIC_TO_EVERYONE";
    public const string Friends = "MUTUAL_FOLLOW_FRIENDS";
    public const string Followers = "FOLLOWER_OF_CREATOR";
    public const string OnlyMe = "SELF_ONLY";

    /// <summary>Only public posts ever get a public id.</summary>
    public static bool HasLink(string privacy) => privacy == Everyone;

    /// <summary>A public account is offered everyone, a private one its followers.</summary>
    public static bool IsPublicAccount(IEnumerable<string> options) => options.Contains(Everyone, StringComparer.Ordinal);

    /// <summary>
    /// Told while composing: an app TikTok has not audited posts for private accounts and for the person's own eyes only.
    /// The key of the sentence, or null when nothing stands in the way.
    /// </summary>
    public static string? UnauditedProblem(bool isAudited, IReadOnlyCollection<string> options, string? chosen) =>
        isAudited ? null
        : IsPublicAccount(options) ? "unaudited.account-must-be-private"
        : chosen is not null and not OnlyMe ? "unaudited.only-me"
        : null;
}
