namespace Holdfast.Shell.Components;

/// <summary>The height of a button; touch screens get taller ones of each.</summary>
public enum ButtonSize
{
    Normal,
    Small,
    Large,
}
