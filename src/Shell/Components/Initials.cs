using System.Globalization;

namespace Holdfast.Shell.Components;

public static class Initials
{
    /// <summary>The first letter of the first and of the last word; whole letters even where one takes several code units.</summary>
    public static string Of(string name)
    {
        var words = name.TrimStart('@').Split([' ', '.', '_', '-'], StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => "?",
            [var only] => First(only),
            [var first, .., var last] => First(first) + First(last),
        };
    }

    private static string First(string word) => StringInfo.GetNextTextElement(word).ToUpperInvariant();
}
