namespace Holdfast.Studio.Notices;

/// <summary>Something the members of a workspace should know.</summary>
/// <param name="Key">The one occurrence, for example <c>incident:ID</c>: within the workspace the same key is told once, for ever.</param>
public sealed record NewNotice(string WorkspaceId, Occasion Kind, string Key)
{
    /// <summary>Why, in the word that picks the sentence; see <see cref="Occasion"/>.</summary>
    public string? Cause { get; init; }

    public string? ConnectionId { get; init; }

    public string? PostId { get; init; }

    /// <summary>TikTok's id of the call that brought it to light.</summary>
    public string? LogId { get; init; }

    /// <summary>The few short strings its sentence needs, in the order it needs them. Never a secret: they are mailed.</summary>
    public IReadOnlyList<string> Facts { get; init; } = [];

    /// <summary>As long as a notice of this name is open in the workspace, this one is not made: many posts with one cause are one message.</summary>
    public string? OpenKey { get; init; }

    /// <summary>The key instead, where the notice under <c>Key</c> was solved: its cause is back, and that is told again. Null: what is solved stays told.</summary>
    public string? KeyWhenBack { get; init; }

    /// <summary>Told after this instant it would be of no use, so quiet hours that last longer do not keep it back.</summary>
    public DateTimeOffset? UsefulUntil { get; init; }

    /// <summary>How long members see it and are not written to yet: what it says is still being learned.</summary>
    public TimeSpan WaitsFor { get; init; }

    /// <summary>The key of the notice whose cause this one ends.</summary>
    public string? Solves { get; init; }
}
