namespace Holdfast.Studio.Home;

/// <summary>How far a member has come on the way to the first published post; facts, never clicks.</summary>
/// <remarks>They are the member's own steps: in a team that has long been at work, a newcomer still finds the way.</remarks>
public sealed record FirstSteps
{
    public bool HasConnected { get; init; }

    public bool HasScheduled { get; init; }

    public bool HasPublished { get; init; }

    public bool AreDone => HasConnected && HasScheduled && HasPublished;

    public int Done => (HasConnected ? 1 : 0) + (HasScheduled ? 1 : 0) + (HasPublished ? 1 : 0);
}
