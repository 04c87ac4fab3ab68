namespace Holdfast.Shell.Components;

/// <summary>24, 36, 56 or 96 pixels.</summary>
public enum AvatarSize
{
    Small,
    Normal,
    Large,
    ExtraLarge,
}
