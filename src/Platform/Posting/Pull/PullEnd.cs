namespace Holdfast.Platform.Posting.Pull;

/// <summary>How a fetch ended.</summary>
internal abstract record PullEnd
{
    private PullEnd() { }

    /// <param name="BlobKey">Where the video lies; empty for pictures, which have rows of their own.</param>
    public sealed record Fetched(string BlobKey, long Bytes) : PullEnd;

    /// <param name="Reason">For the app.</param>
    /// <param name="Why">For our log.</param>
    public sealed record Failed(string Reason, string Why) : PullEnd;

    /// <summary>Cancelled, taken over, its access removed, or this process is stopping.</summary>
    public sealed record GivenUp : PullEnd;
}

/// <summary>What can be wrong with an answer that came.</summary>
internal static class PullProblem
{
    public const string TooLarge = "more bytes than allowed";
    public const string TooLate = "the hour is over";

    public static string Status(int status) => FormattableString.Invariant($"the status was {status}, not 200");
}
