using Microsoft.AspNetCore.Mvc;

namespace Holdfast.Platform.Posting.Inbox;

/// <summary>A draft's form, as it is shown and sent: a box that is not ticked is not sent.</summary>
public sealed class DraftForm
{
    [FromForm] public string? Title { get; set; }
    [FromForm] public string? Caption { get; set; }
    [FromForm] public string? Privacy { get; set; }
    [FromForm] public bool? Comments { get; set; }
    [FromForm] public bool? Duets { get; set; }
    [FromForm] public bool? Stitches { get; set; }

    /// <summary><c>post</c> or <c>discard</c>.</summary>
    [FromForm] public string? Decision { get; set; }

    /// <summary>As the app prepared it, with everything allowed that the account allows and no audience chosen.</summary>
    public static DraftForm Of(Draft draft, DraftOwner owner) => new()
    {
        Title = draft.Title,
        Caption = draft.Caption,
        Comments = owner.AllowsComments,
        Duets = owner.MayAllowDuets,
        Stitches = owner.MayAllowStitches,
    };
}

/// <summary>Whether a draft may be posted as its form says.</summary>
internal static class DraftRule
{
    public const int LongestTitle = 90;
    public const int LongestPhotoCaption = 4_000;
    public const int LongestVideoCaption = 2_200;

    public static int LongestCaption(Draft draft) => draft.IsPhotos ? LongestPhotoCaption : LongestVideoCaption;

    /// <summary>The choice, or the field that cannot be taken.</summary>
    public static (DraftChoice? Choice, string Field) Read(Draft draft, DraftOwner owner, DraftForm form)
    {
        var title = draft.IsPhotos ? (form.Title ?? "").Trim() : "";
        // Browsers send line ends as two characters and count them as one.
        var caption = (form.Caption ?? "").ReplaceLineEndings("\n").Trim();
        if (owner.IsBanned)
            return (null, "banned");
        if (title.Length > LongestTitle || title.Any(char.IsControl))
            return (null, "title");
        if (caption.Length > LongestCaption(draft) || caption.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t')))
            return (null, "caption");
        return form.Privacy is { } privacy && PrivacyLevel.Options(owner.IsPrivate).Contains(privacy)
            ? (new DraftChoice(title, caption, privacy, owner.AllowsComments && form.Comments is true, owner.MayAllowDuets && form.Duets is true, owner.MayAllowStitches && form.Stitches is true), "")
            : (null, "privacy");
    }
}
