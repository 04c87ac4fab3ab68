using System.ComponentModel.DataAnnotations;

namespace Holdfast.Platform.Tokens;

/// <summary>How long codes and tokens live and how renewal behaves: <c>HOLDFAST_Platform__Tokens__…</c>.</summary>
internal sealed class TokenOptions
{
    /// <summary>Life of an authorization code.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CodeFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Life of access and client tokens: TikTok's since November 2026 (§2.5).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan AccessFor { get; set; } = TimeSpan.FromSeconds(7_200);

    /// <summary>Life of a refresh token (§2.5).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan RefreshFor { get; set; } = TimeSpan.FromSeconds(15_552_000);

    /// <summary>A renewed refresh token keeps the old one's end instead of a full life of its own.</summary>
    public bool CarryRefreshEndOver { get; set; }

    /// <summary>For apps without a mode of their own.</summary>
    public RefreshMode RefreshMode { get; set; } = RefreshMode.Strict;

    /// <summary>Invalid codes from one app and address in a minute before they are answered with 429.</summary>
    [Range(1, 1_000_000)]
    public int DeadCodesPerMinute { get; set; } = 60;

    /// <summary>Answer OAuth errors with HTTP 200, as was seen live (§2.6).</summary>
    public bool ErrorsAreOk { get; set; }
}

/// <summary>What happens to a refresh token that was already exchanged (design §5).</summary>
internal enum RefreshMode
{
    /// <summary>It stopped working; the family lives.</summary>
    Strict,

    /// <summary>It still works while its successor is unused; after that, a replay ends the family.</summary>
    Grace,

    /// <summary>It is never replaced.</summary>
    Legacy,
}
