namespace Holdfast.Shell.Components;

/// <summary>Where a step of a <see cref="Checklist"/> stands.</summary>
public enum StepState
{
    Waiting,
    Current,
    Done,
}
