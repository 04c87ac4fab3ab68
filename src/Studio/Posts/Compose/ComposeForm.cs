using System.Globalization;
using Holdfast.Domain.Planning;

namespace Holdfast.Studio.Posts.Compose;

/// <summary>What the compose page holds, as typed: it survives every refusal.</summary>
public sealed record ComposeForm : PostContent
{
    /// <summary>Made with the page: whoever sends the same page twice makes one post.</summary>
    public string FormKey { get; init; } = "";

    /// <summary>The post that is being changed; null for a new one.</summary>
    public string? PostId { get; init; }
    public long Version { get; init; }
    public string ConnectionId { get; init; } = "";

    /// <summary>An uploaded video's id, or <c>sample:</c> and a sample's name.</summary>
    public string Media { get; init; } = "";

    /// <summary><c>now</c> or <c>later</c>.</summary>
    public string When { get; init; } = "later";
    public string Date { get; init; } = "";
    public string Time { get; init; } = "";

    /// <summary><c>schedule</c>, <c>draft</c> or <c>account</c> (only look at the account's settings).</summary>
    public string Action { get; init; } = "";

    public bool IsNow => When == "now";

    public static ComposeForm Of(IReadOnlyDictionary<string, string> fields)
    {
        string Text(string name) => fields.GetValueOrDefault(name, "");
        bool Ticked(string name) => Text(name) == "true";
        return new()
        {
            FormKey = Text("form_key"),
            PostId = Text("post") is { Length: > 0 } id ? id : null,
            Version = long.TryParse(Text("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0,
            ConnectionId = Text("connection"),
            Media = Text("media"),
            // A browser sends CRLF for every line; TikTok counts what the person sees.
            Caption = Text("caption").Replace("\r\n", "\n", StringComparison.Ordinal),
            Privacy = Text("privacy"),
            AllowComment = Ticked("comment"),
            AllowDuet = Ticked("duet"),
            AllowStitch = Ticked("stitch"),
            IsCommercial = Ticked("commercial"),
            IsOwnBrand = Ticked("own_brand"),
            IsBrandedContent = Ticked("branded"),
            When = Text("when") is "now" ? "now" : "later",
            Date = Text("date"),
            Time = Text("time"),
            Action = Text("action"),
        };
    }

    /// <summary>A post that exists, to be changed or to be used as a pattern.</summary>
    internal static ComposeForm Of(PostRow row, string zone)
    {
        var planned = row.DueAt is { } due ? PlannedTime.At(due, zone) : null;
        return row.On(new ComposeForm
        {
            FormKey = row.FormKey,
            PostId = row.Id,
            Version = row.Version,
            ConnectionId = row.ConnectionId ?? "",
            Media = row.MediaSample is { } sample ? $"sample:{sample}" : row.MediaId ?? "",
            Date = planned?.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            Time = planned?.Time.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "",
        });
    }

    /// <summary>A time is suggested, the next full hour with some minutes to go; an audience never is.</summary>
    public ComposeForm SuggestedTime(DateTimeOffset now, string zone)
    {
        var soon = PlannedTime.At(now.AddMinutes(75), zone);
        return this with
        {
            Date = soon.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Time = Time.Length > 0 ? Time : new TimeOnly(soon.Time.Hour, 0).ToString("HH:mm", CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The instant the date and time mean in the zone; null when they are not both there.</summary>
    public PlannedInstant? PlannedAt(string zone) =>
        DateOnly.TryParseExact(Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && TimeOnly.TryParseExact(Time, ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new PlannedTime(day, time, zone).Resolve()
            : null;
}
