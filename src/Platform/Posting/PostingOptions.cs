using System.ComponentModel.DataAnnotations;

namespace Holdfast.Platform.Posting;

/// <summary>How uploads are taken, checked and shown: <c>HOLDFAST_Platform__Posting__…</c>.</summary>
internal sealed class PostingOptions
{
    /// <summary>Scheme and host of <c>upload_url</c>, for clients that only trust certain names; default: the Platform's own address.</summary>
    public Uri? UploadBase { get; set; }

    /// <summary>How long an <c>upload_url</c> takes bytes (§5.3).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan UploadFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long fetching a post's media may take (§5.9).</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00")]
    public TimeSpan PullFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the checks wait after the last byte, as TikTok's do.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "24:00:00")]
    public TimeSpan ProcessingFor { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a public post waits until others see it and its id is told.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")]
    public TimeSpan ModerationFor { get; set; } = TimeSpan.Zero;

    /// <summary>Posts of one creator in 24 hours, over all apps (§5.10); 0 for no cap.</summary>
    [Range(0, int.MaxValue)]
    public int PostsPerDay { get; set; } = 15;

    /// <summary>Creators who may post through one unaudited app in 24 hours (§5.10).</summary>
    [Range(1, int.MaxValue)]
    public int UnauditedCreatorsPerDay { get; set; } = 5;

    /// <summary>Creators who may post through one app in 24 hours where its row says no number of its own; 0 for no cap.</summary>
    [Range(0, int.MaxValue)]
    public int AuditedCreatorsPerDay { get; set; }

    /// <summary>The app that creators hold in their hands: drafts of photos need 31.8 (§5.5).</summary>
    public Version CreatorsAppVersion { get; set; } = new(40, 0);

    /// <summary>The program that takes a still from a video. Where it is missing or empty, covers are drawn.</summary>
    public string Ffmpeg { get; set; } = "ffmpeg";
}
