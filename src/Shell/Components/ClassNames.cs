namespace Holdfast.Shell.Components;

/// <summary>The class each choice writes; the style sheets know the same words.</summary>
internal static class ClassNames
{
    public static string Class(this ButtonKind kind) => kind switch
    {
        ButtonKind.Primary => "button-primary",
        ButtonKind.Secondary => "button-secondary",
        ButtonKind.Danger => "button-danger",
        ButtonKind.Quiet => "button-quiet",
    };

    public static string? Class(this ButtonSize size) => size switch
    {
        ButtonSize.Normal => null,
        ButtonSize.Small => "button-small",
        ButtonSize.Large => "button-large",
    };

    public static string? Class(this AvatarSize size) => size switch
    {
        AvatarSize.Normal => null,
        AvatarSize.Small => "avatar-s",
        AvatarSize.Large => "avatar-l",
        AvatarSize.ExtraLarge => "avatar-xl",
    };
}
