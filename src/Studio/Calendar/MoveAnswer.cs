namespace Holdfast.Studio.Calendar;

/// <summary>What became of a move to another day.</summary>
internal abstract record MoveAnswer
{
    private MoveAnswer() { }

    /// <param name="WallClock">How often the wall clock shows the time on that day.</param>
    public sealed record Moved(DateTimeOffset DueAt, Domain.Planning.WallClock WallClock) : MoveAnswer;

    /// <summary>It was on that day already.</summary>
    public sealed record Stayed(DateTimeOffset DueAt) : MoveAnswer;

    /// <summary>There is no such post in this workspace.</summary>
    public sealed record Gone : MoveAnswer;

    /// <summary>Nobody has planned a time that could be kept.</summary>
    public sealed record NoTime : MoveAnswer;

    /// <summary>That day's time is over.</summary>
    public sealed record Past : MoveAnswer;

    /// <summary>TikTok has it already, or it is over.</summary>
    public sealed record TooLate(Domain.Posts.PostState State) : MoveAnswer;

    public sealed record ChangedMeanwhile : MoveAnswer;
}
