namespace Holdfast.Shell.Language;

/// <summary>People's words made to fit.</summary>
public static class Cut
{
    /// <summary>The beginning of <paramref name="text"/>, at most so many UTF-16 units of it and never half of a pair of surrogates: that is no text any more, and PostgreSQL does not take it.</summary>
    public static string CutTo(this string text, int atMost) =>
        text.Length <= atMost ? text : text[..(atMost > 0 && char.IsHighSurrogate(text[atMost - 1]) ? atMost - 1 : atMost)];
}
