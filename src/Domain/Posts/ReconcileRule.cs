namespace Holdfast.Domain.Posts;

/// <summary>A video of the account, as its list shows it.</summary>
public sealed record SeenVideo(string Id, DateTimeOffset CreatedAt, string Title);

/// <summary>Recognises an unconfirmed post among the account's videos.</summary>
public static class ReconcileRule
{
    /// <summary>TikTok's list cuts titles here.</summary>
    private const int ShownTitle = 150;

    /// <summary>Two clocks and whole seconds.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

    /// <summary>The oldest video made since the init with our caption.</summary>
    public static string? Match(IEnumerable<SeenVideo> videos, string caption, DateTimeOffset initSentAt) => videos
        .Where(video => video.CreatedAt >= initSentAt - Slack && Shown(video.Title) == Shown(caption))
        .OrderBy(video => video.CreatedAt)
        .FirstOrDefault()?.Id;

    private static string Shown(string text) => text.Trim() is { Length: > ShownTitle } longer ? longer[..ShownTitle].TrimEnd() : text.Trim();
}
