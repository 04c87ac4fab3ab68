namespace Holdfast.Shell.Components;

/// <summary>How much a button asks for: one primary on a page, danger only for what cannot be undone.</summary>
public enum ButtonKind
{
    Primary,
    Secondary,
    Danger,
    Quiet,
}
