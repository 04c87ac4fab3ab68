using System.Globalization;
using Holdfast.Shell.Language;
using Holdfast.Studio.Accounts.Pages;

namespace Holdfast.Studio.Accounts.Timeline;

/// <summary>An account's story as plain text for TikTok's support: whose access it is, how it stands, and a line for everything that happened. Times in UTC; nothing secret is known here.</summary>
internal static class StoryText
{
    /// <param name="clientKey">Names the app to TikTok; public.</param>
    public static IEnumerable<string> Head(ConnectionRow row, string? clientKey, DateTimeOffset now, Texts t)
    {
        yield return t["accounts.story.title", row.Name];
        foreach (var (name, value) in Facts(row, clientKey, now))
        {
            if (value is { Length: > 0 })
                yield return $"{name}: {value}";
        }
        yield return "";
    }

    public static string Line(TimelineRow line, Texts t) => string.Join("  ", new[] { Utc(line.At), Words.TitleOf(line, t), Words.DetailOf(line, t) }.Where(part => part is not null)).ReplaceLineEndings(" ");

    private static IEnumerable<(string Name, string? Value)> Facts(ConnectionRow row, string? clientKey, DateTimeOffset now) =>
    [
        ("written", Utc(now)),
        ("client_key", clientKey),
        ("open_id", row.OpenId),
        ("username", row.Username),
        ("state", row.StateReason is null ? row.State : $"{row.State} ({row.StateReason})"),
        ("state_since", Utc(row.StateSince)),
        ("log_id", row.StateLogId),
        ("scopes", row.Scopes),
        ("signed_in", Utc(row.ConnectedAt)),
        ("access_token_from", Utc(row.GrantedAt)),
        ("access_token_ends", Utc(row.AccessEndsAt)),
        ("refresh_token_ends", row.RefreshEndsAt is { } end ? Utc(end) : null),
        ("next_renewal", row.RenewAt is { } at ? Utc(at) : null),
    ];

    private static string Utc(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
