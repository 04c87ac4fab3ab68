using Holdfast.Domain.Connections;

namespace Holdfast.Domain.Posts;

/// <summary>Looking at a planned post a day and an hour before its time, with the rules that will publish it.</summary>
public static class LookAhead
{
    private static readonly TimeSpan[] Before = [TimeSpan.FromHours(24), TimeSpan.FromHours(1)];

    /// <summary>A look that could not ask TikTok is tried again.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(15);

    /// <summary>Later than this a finding is of no use: publishing itself will see it.</summary>
    private static readonly TimeSpan TooClose = TimeSpan.FromMinutes(5);

    /// <summary>The next look; null when none is left.</summary>
    public static DateTimeOffset? NextLookAt(this Post post, DateTimeOffset now) => post.State is PostState.Scheduled && GoesOutAt(post) is { } goesOut
        ? Before.Select(before => (DateTimeOffset?)(goesOut - before)).FirstOrDefault(at => at > now)
        : null;

    /// <summary>When to look again after TikTok could not be asked.</summary>
    public static DateTimeOffset? LookAgainAt(this Post post, DateTimeOffset now) =>
        GoesOutAt(post) is { } goesOut && now + Again < goesOut - TooClose ? now + Again : null;

    /// <summary>When the post would go out as things stand; null when it has no time.</summary>
    public static DateTimeOffset? GoesOutAt(this Post post) => post.Trail.Slot ?? post.DueAt;

    /// <summary>What would keep the post from going out, seen without asking TikTok; null when nothing would.</summary>
    /// <param name="hasRoom">The account's day has a place left at that time, as far as we have counted.</param>
    public static string? Foreseen(this Post post, Connection? connection, bool hasRoom) => post switch
    {
        _ when connection is null => $"{HoldReason.Disconnected}",
        _ when connection.BlocksPosts is { } blocked => $"{blocked}",
        _ when connection.Life.RefreshEndsAt <= post.GoesOutAt() => SignInEnds,
        _ when !hasRoom => $"{HoldReason.DailyCap}",
        _ => null,
    };

    /// <summary>The sign-in ends before the post's time, and renewing does not move that end.</summary>
    public const string SignInEnds = "SignInEnds";

    /// <summary>What publishing would make of TikTok's answer, without doing it.</summary>
    public static Foresight Foresee(this Post post, PostFact fact, DateTimeOffset now)
    {
        var due = post with { State = PostState.Checking, Trail = new() };
        var change = due.After(fact, new PostContext(now, new LateRule(TimeSpan.MaxValue)));
        return change.Post switch
        {
            _ when change.Step is PostStep.Init => new Foresight.Fine(),
            { State: PostState.Failed, Failure: { } failure } => new Foresight.Trouble(failure.Code),
            // These pass, or are told as an incident: about this post they say nothing.
            { State: PostState.Held, Hold: HoldReason.TikTokUnavailable or HoldReason.AppProblem or HoldReason.UserCap } => new Foresight.Unknown(),
            { State: PostState.Held, Hold: { } reason } => new Foresight.Trouble($"{reason}"),
            _ => new Foresight.Unknown(),
        };
    }
}

/// <summary>What a look ahead found.</summary>
public abstract record Foresight
{
    private Foresight()
    {
    }

    public sealed record Fine : Foresight;

    /// <param name="Cause">A <see cref="HoldReason"/>, <see cref="LookAhead.SignInEnds"/> or TikTok's code.</param>
    public sealed record Trouble(string Cause) : Foresight;

    /// <summary>Nobody can say: nothing is said.</summary>
    public sealed record Unknown : Foresight;
}
