using Holdfast.Domain.Planning;
using Holdfast.Domain.Posts;
using Holdfast.Studio.Media;
using Holdfast.TikTok.Posting;

namespace Holdfast.Studio.Posts.Compose;

/// <summary>What stands between the form and a planned post: a sentence for each field that needs something.</summary>
internal static class ComposeCheck
{
    /// <summary>A page that stood open while its minute passed is not somebody planning in the past.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    /// <returns>Field and key of its sentence; empty when the post may be planned.</returns>
    public static Dictionary<string, string> Problems(ComposeForm form, CreatorAnswer? creator, MediaRow? media, string zone, DateTimeOffset now)
    {
        var problems = DraftProblems(form);
        if (form.ConnectionId.Length == 0)
            problems["connection"] = "posts.compose.need.account";
        else if (creator is not CreatorAnswer.May)
            problems["connection"] = "posts.compose.need.account-ready";
        if (media is null)
            problems["media"] = "posts.compose.need.video";

        if (creator is CreatorAnswer.May(var info))
        {
            if (form.Privacy.Length == 0)
                problems["privacy"] = "posts.compose.need.privacy";
            else if (!info.PrivacyLevelOptions.Contains(form.Privacy))
                problems["privacy"] = "posts.compose.need.privacy-offered";
            if (media?.Duration > info.MaxVideoDuration)
                problems["media"] = "posts.compose.need.shorter";
        }
        if (form is { IsCommercial: true, IsOwnBrand: false, IsBrandedContent: false })
            problems["commercial"] = "posts.compose.need.brand";
        if (form is { IsCommercial: true, IsBrandedContent: true, Privacy: PrivacyLevels.OnlyMe })
            problems["privacy"] = "posts.compose.need.branded-visible";

        if (!form.IsNow)
        {
            if (form.PlannedAt(zone) is not { } planned)
                problems["time"] = "posts.compose.need.time";
            else if (planned.At < now - Tolerance)
                problems["time"] = "posts.compose.need.future";
        }
        return problems;
    }

    /// <summary>A draft may lack everything, but not hold what can never be kept.</summary>
    public static Dictionary<string, string> DraftProblems(ComposeForm form) =>
        CaptionRule.Count(form.Caption).IsTooLong ? new() { ["caption"] = "posts.compose.need.shorter-caption" } : [];

    /// <summary>The form as the store takes it. What the account has switched off is off whatever the form says.</summary>
    public static PostInput Input(ComposeForm form, CreatorInfo? info, MediaRow? media, string zone, DateTimeOffset now, bool isScheduled) => form.On(new PostInput
    {
        ConnectionId = form.ConnectionId.Length > 0 ? form.ConnectionId : null,
        MediaId = media?.Id,
        Zone = zone,
        DueAt = isScheduled && form.IsNow ? now : form.PlannedAt(zone)?.At,
        IsScheduled = isScheduled,
    }) with
    {
        Caption = form.Caption.Trim(),
        AllowComment = form.AllowComment && info?.CommentDisabled is not true,
        AllowDuet = form.AllowDuet && info?.DuetDisabled is not true,
        AllowStitch = form.AllowStitch && info?.StitchDisabled is not true,
        IsOwnBrand = form.IsCommercial && form.IsOwnBrand,
        IsBrandedContent = form.IsCommercial && form.IsBrandedContent,
    };

    /// <summary>Told while composing: an app before TikTok's audit cannot post for this account. Null when nothing stands in the way as far as we know.</summary>
    public static string? Unaudited(bool? isAudited, CreatorInfo info, string privacy) =>
        PrivacyRule.UnauditedProblem(isAudited ?? true, [.. info.PrivacyLevelOptions], privacy.Length > 0 ? privacy : null);
}
