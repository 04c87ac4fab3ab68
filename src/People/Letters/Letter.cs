namespace Holdfast.People.Letters;

/// <summary>What we write to somebody.</summary>
/// <param name="GoodFor">After this long it is of no use and is not sent any more.</param>
public sealed record Letter(string To, string Subject, string Body, TimeSpan GoodFor)
{
    // Records print their members, and letters hold codes.
    public override string ToString() => $"Letter({Subject})";
}
