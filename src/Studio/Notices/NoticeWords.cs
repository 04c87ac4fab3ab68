using System.Globalization;
using Holdfast.Domain.Planning;
using Holdfast.Domain.Posts;
using Holdfast.People.Letters;
using Holdfast.Shell.Components;
using Holdfast.Shell.Language;
using Holdfast.Studio.Posts;

namespace Holdfast.Studio.Notices;

/// <summary>What a notice says, in the app and outside.</summary>
internal static class NoticeWords
{
    private const int LongestCaption = 80;

    public static string Title(this NoticeRow notice, Texts t) => notice.Kind switch
    {
        Occasion.IncidentBegan => t[$"notices.incident.{IncidentKey(notice.Cause, t)}.title"],
        Occasion.EndingSoon => t[$"notices.title.EndingSoon.{(notice.Fact(0) is "1" ? "one" : "other")}", notice.Account(t), notice.Fact(0)],
        Occasion.PostHeld when notice.PostId is null => t["notices.title.PostsLate"],
        _ => t[$"notices.title.{notice.Kind}", notice.PostId is null ? notice.Account(t) : notice.Post(t)],
    };

    public static string Text(this NoticeRow notice, Texts t) => notice.Kind switch
    {
        Occasion.NeedsSignIn => Waiting(notice, t, t[$"accounts.needs.{notice.Cause}", notice.Say(notice.MadeAt)]),
        Occasion.Restricted => Waiting(notice, t, t[$"accounts.restricted.{notice.Cause}", notice.Say(notice.MadeAt)]),
        Occasion.EndingSoon => t["accounts.ending", notice.RefreshEndsAt is { } end ? notice.Say(end) : notice.Fact(0)],
        Occasion.PostFailed => t[PostWords.ErrorKey(notice.Cause)],
        Occasion.PostHeld when notice.PostId is null => t["notices.text.PostsLate"],
        Occasion.PostHeld => t[$"posts.hold.{notice.Cause}"],
        Occasion.PostUnconfirmed => t["posts.unconfirmed-asks"],
        Occasion.PostCheck => $"{Foreseen(notice.Cause, t)} {(notice.UsefulUntil is { } due ? t["notices.text.PostCheck", notice.Say(due)] : "")}".TrimEnd(),
        Occasion.IncidentBegan => $"{t[$"notices.incident.{IncidentKey(notice.Cause, t)}.body"]} {t["notices.incident.safe"]}",
        Occasion.IncidentOver => t["notices.text.IncidentOver"],
        Occasion.LinkUsed => t["notices.text.LinkUsed", notice.Account(t), notice.FactList is [.., var maker] ? maker : ""],
    };

    /// <summary>What would keep a planned post from going out, in a sentence.</summary>
    public static string Foreseen(string? cause, Texts t) => cause switch
    {
        LookAhead.SignInEnds => t["posts.ahead.SignInEnds"],
        _ when Enum.TryParse<HoldReason>(cause, out var reason) => t[$"posts.ahead.{reason}"],
        _ => t[PostWords.ErrorKey(cause)],
    };

    /// <summary>Where something can be done about it.</summary>
    public static string Href(this NoticeRow notice) => notice switch
    {
        { PostId: { } post } => $"/posts/{post}",
        { Kind: Occasion.PostHeld } => "/posts?show=needs-you",
        { ConnectionId: { } connection } => $"/accounts/{connection}",
        _ => "/notices",
    };

    public static Tone ToneOf(this NoticeRow notice) => notice switch
    {
        { SolvedAt: not null } => Tone.Good,
        { Kind: Occasion.NeedsSignIn or Occasion.Restricted or Occasion.PostFailed } => Tone.Bad,
        { Kind: Occasion.IncidentOver } => Tone.Good,
        { Kind: Occasion.LinkUsed } => Tone.Info,
        _ => Tone.Warning,
    };

    /// <summary>The same as a letter. It holds no link that does anything by itself: a forwarded letter opens nothing.</summary>
    /// <param name="at">The whole address of a page.</param>
    /// <param name="isSecond">It goes to a second person because nobody has come.</param>
    public static Letter AsLetter(Texts t, string to, NoticeRow notice, Func<string, string> at, bool isSecond)
    {
        var why = isSecond ? t["notices.letter.second", notice.Say(notice.MadeAt)] + "\n\n" : "";
        var reference = notice.LogId is { } logId ? "\n" + t["accounts.line.log", logId] : "";
        return new(to, t["notices.letter.subject", notice.Title(t)], $"{why}{notice.Title(t)}\n\n{notice.Text(t)}{reference}\n\n{at(notice.Href())}\n\n{t["notices.letter.zone", notice.Zone]}\n{t["notices.letter.foot", notice.WorkspaceName, at("/settings/notices")]}", NoticeRule.LetterIsGoodFor);
    }

    public static string Account(this NoticeRow notice, Texts t) =>
        notice.DisplayName is { Length: > 0 } name ? name : notice.Username is { Length: > 0 } user ? $"@{user}" : t["notices.an-account"];

    public static string Say(this NoticeRow notice, DateTimeOffset at)
    {
        var local = PlannedTime.At(at, notice.Zone);
        return string.Create(CultureInfo.InvariantCulture, $"{local.Day:d MMM yyyy}, {local.Time:HH:mm}");
    }

    private static string Post(this NoticeRow notice, Texts t) => notice.Caption switch
    {
        { Length: > LongestCaption } caption => caption.CutTo(LongestCaption).TrimEnd() + "…",
        { Length: > 0 } caption => caption,
        _ => t["posts.no-caption"],
    };

    private static string Fact(this NoticeRow notice, int index) => notice.FactList.ElementAtOrDefault(index) ?? "";

    private static string Waiting(NoticeRow notice, Texts t, string sentence) => notice.Waiting > 0 ? $"{sentence} {t.Count("notices.waiting", notice.Waiting)}" : sentence;

    private static string IncidentKey(string? cause, Texts t) => cause is not null && t.Has($"notices.incident.{cause}.title") ? cause : "other";
}
