using Holdfast.Domain.Planning;

namespace Holdfast.Studio.Notices;

/// <summary>Who is told what, how and when, where nobody has chosen otherwise.</summary>
internal static class NoticeRule
{
    /// <summary>A second person is told after this long.</summary>
    public const int EscalateAfterHours = 24;

    /// <summary>Mail that comes later than this would only be in the way.</summary>
    public static readonly TimeSpan LetterIsGoodFor = TimeSpan.FromDays(7);

    /// <summary>For so long others go first where one cannot be told.</summary>
    public static readonly TimeSpan Aside = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan WriteAgainAfter = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan WriteAgainAtLatestAfter = TimeSpan.FromHours(1);

    /// <summary>Owners hear of everything that asks for somebody, others of what is theirs: an account they connected, a post they made. That something is over stands in the app.</summary>
    public static MailChoice Letters(Occasion kind, bool isOwner) => kind is Occasion.IncidentOver ? MailChoice.None : isOwner ? MailChoice.All : HasOwner(kind) ? MailChoice.Theirs : MailChoice.None;

    /// <summary>It is about an account or a post, which is somebody's.</summary>
    public static bool HasOwner(Occasion kind) => kind is not (Occasion.IncidentBegan or Occasion.IncidentOver);

    /// <summary>These wait for a person, so somebody else hears of them when nobody comes.</summary>
    public static bool Escalates(Occasion kind) => kind is Occasion.NeedsSignIn or Occasion.PostHeld or Occasion.PostUnconfirmed;

    /// <summary>Quiet hours keep a letter back until they end, unless it would come too late to be of use: a problem of a post that is due in the night is told in the night.</summary>
    public static DateTimeOffset LetterAt(DateTimeOffset now, QuietHours? quiet, DateTimeOffset? usefulUntil) =>
        quiet?.EndsAt(now) is { } end && (usefulUntil is null || end < usefulUntil) ? end : now;

    /// <summary>When a letter that could not be written is tried again: ever more slowly; <c>null</c> when it would come too late.</summary>
    /// <param name="tries">How often it was tried, this time included.</param>
    public static DateTimeOffset? WrittenAgainAt(long tries, DateTimeOffset madeAt, DateTimeOffset now)
    {
        var wait = TimeSpan.FromTicks(Math.Min(WriteAgainAtLatestAfter.Ticks, WriteAgainAfter.Ticks * tries));
        return now + wait < madeAt + LetterIsGoodFor ? now + wait : null;
    }
}
