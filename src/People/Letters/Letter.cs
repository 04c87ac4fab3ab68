namespace Holdfast.People.Letters;

/// <summary>What we write to somebody.</summary>
/// <param name="GoodFor">After this long it is of no use and is not sent any more.</param>
public sealed record Letter(string To, string Subject, string Body, TimeSpan GoodFor)
{
    /// <summary>One line, whatever people's words in it were: a header ends with its line.</summary>
    public string Subject { get; } = OneLine(Subject);

    /// <summary>Text that stands in a header.</summary>
    internal static string OneLine(string text) => text.ReplaceLineEndings(" ");

    // Records print their members, and letters hold codes.
    public override string ToString() => $"Letter({Subject})";
}
