namespace Holdfast.Platform.Posting;

/// <summary>What is posted.</summary>
internal static class PostKind
{
    public const string Video = "video";
    public const string Photos = "photos";
}

/// <summary>How the bytes come.</summary>
internal static class PostWay
{
    /// <summary>The app sends them (<c>FILE_UPLOAD</c>).</summary>
    public const string File = "file";

    /// <summary>We fetch them (<c>PULL_FROM_URL</c>).</summary>
    public const string Url = "url";
}

/// <summary>Where a post ends.</summary>
internal static class PostGoal
{
    public const string Profile = "profile";

    /// <summary>A draft, which its creator finishes.</summary>
    public const string Inbox = "inbox";
}

/// <summary>Where a post stands on its way in (§10.4).</summary>
internal static class UploadState
{
    public const string Uploading = "uploading";
    public const string Downloading = "downloading";
    public const string Processing = "processing";

    /// <summary>A draft that waits for its creator.</summary>
    public const string InInbox = "inbox";

    /// <summary>A draft that its creator threw away. The app hears nothing of it: the protocol has no word for it.</summary>
    public const string Discarded = "discarded";

    public const string Published = "published";
    public const string Failed = "failed";
}
