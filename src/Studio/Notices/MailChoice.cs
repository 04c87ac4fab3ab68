namespace Holdfast.Studio.Notices;

/// <summary>Which notices of a kind a member gets letters about.</summary>
public enum MailChoice
{
    None,

    /// <summary>Of an account they connected and a post they made.</summary>
    Theirs,

    All,
}
