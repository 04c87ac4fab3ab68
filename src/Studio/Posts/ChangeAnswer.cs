namespace Holdfast.Studio.Posts;

/// <summary>What became of a person's change to a post.</summary>
internal enum ChangeAnswer
{
    Done,

    /// <summary>There is no such post in this workspace.</summary>
    Gone,

    /// <summary>Somebody else changed it since it was read.</summary>
    ChangedMeanwhile,

    /// <summary>TikTok has it already, or the post's state does not allow it.</summary>
    TooLate,
}
