using System.Globalization;

namespace Holdfast.Shell.Language;

/// <summary>Every sentence a page shows, in the reader's language.</summary>
/// <remarks>A key is the feature's folder and the name in its <c>Texts.json</c>: <c>accounts.title</c>. The pseudo-locale <c>qps-ploc</c> marks every text, so that hard-coded ones stand out.</remarks>
public sealed class Texts(TextTable table, IHttpContextAccessor http)
{
    private readonly bool pseudo = http.HttpContext?.Request.Headers.AcceptLanguage.ToString().StartsWith(PseudoLocale.Name, StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>The language of the page, for <c>lang</c>.</summary>
    public string Language => "en";

    public string this[string key] => Show(table.Find(key));

    /// <summary>The text with <c>{0}</c>, <c>{1}</c>… filled in.</summary>
    public string this[string key, params object?[] values] => string.Format(CultureInfo.InvariantCulture, Show(table.Find(key)), values);

    /// <summary>The form for a number: <c>key.one</c> or <c>key.other</c>, with <c>{0}</c> the number.</summary>
    public string Count(string key, long count) => this[key + (count == 1 ? ".one" : ".other"), count.ToString("N0", CultureInfo.InvariantCulture)];

    /// <summary>Whether there is such a text: for words that come from outside and may be new.</summary>
    public bool Has(string key) => table.Has(key);

    private string Show(string text) => pseudo ? PseudoLocale.Mark(text) : text;
}
