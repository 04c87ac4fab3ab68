namespace Holdfast.People.Letters;

/// <summary>When a letter the mail server did not take is tried again.</summary>
internal static class LetterRule
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>The next try; <c>null</c> when the letter would come too late to be of use.</summary>
    /// <param name="tries">How often it was tried, this time included.</param>
    public static DateTimeOffset? NextTry(long tries, DateTimeOffset goodUntil, DateTimeOffset now)
    {
        var wait = TimeSpan.FromSeconds(Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(tries - 1, 20))));
        return now + wait < goodUntil ? now + wait : null;
    }
}
