using Holdfast.Platform.Developers;

namespace Holdfast.Platform.Posting.Inbox;

/// <summary>A post that an app left in its creator's inbox, for them to finish.</summary>
public sealed record Draft : Upload
{
    public string AppName { get; init; } = "";
    public string? AppIconKey { get; init; }

    /// <summary>What became of it; <c>null</c> when nothing did, or it has been deleted since.</summary>
    public string? PostId { get; init; }

    public string? AppIconUrl => AppIcons.UrlOf(AppId, AppIconKey);

    public bool IsPhotos => Kind == PostKind.Photos;

    public bool IsWaiting => State == UploadState.InInbox;

    public string Path => $"/inbox/{Id}";

    public string Words => Title.Length == 0 ? Caption : Caption.Length == 0 ? Title : $"{Title} · {Caption}";
}
