namespace Holdfast.TikTok.Posting;

/// <summary>What the creator may post right now (tiktok-v2 §5.2). Ask when the compose page opens and again before posting.</summary>
/// <param name="AvatarUrl">Address of the avatar; works for 2 hours. Null when not told.</param>
/// <param name="Username">The unique handle.</param>
/// <param name="Nickname">The shown name.</param>
/// <param name="PrivacyLevelOptions">Values of <see cref="PrivacyLevels"/>, possibly others in future.</param>
/// <param name="CommentDisabled">The creator allows no comments.</param>
/// <param name="DuetDisabled">No duets. Without meaning for photos.</param>
/// <param name="StitchDisabled">No stitches. Without meaning for photos.</param>
/// <param name="MaxVideoDuration">The longest video, in whole seconds; null when not told. Without meaning for photos.</param>
public sealed record CreatorInfo(
    string? AvatarUrl, string Username, string Nickname, IReadOnlyList<string> PrivacyLevelOptions,
    bool CommentDisabled, bool DuetDisabled, bool StitchDisabled, TimeSpan? MaxVideoDuration);
