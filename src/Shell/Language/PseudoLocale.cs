namespace Holdfast.Shell.Language;

/// <summary>A made-up language, one third longer and marked at both ends, that shows which texts do not come from resources and which boxes are too small.</summary>
public static class PseudoLocale
{
    public const string Name = "qps-ploc";

    private const string Plain = "aceinosuyACEINOSUY";
    private const string Marked = "áçéíñóšúýÁÇÉÍÑÓŠÚÝ";

    /// <summary><c>Save {0}</c> becomes <c>⟦Šávé {0}···⟧</c>; placeholders stay.</summary>
    public static string Mark(string text)
    {
        var depth = 0;
        var letters = string.Concat(text.Select(letter =>
        {
            depth += letter switch { '{' => 1, '}' => -1, _ => 0 };
            var at = Plain.IndexOf(letter, StringComparison.Ordinal);
            return depth > 0 || at < 0 ? letter : Marked[at];
        }));
        return $"⟦{letters}{new string('·', text.Length / 3)}⟧";
    }
}
