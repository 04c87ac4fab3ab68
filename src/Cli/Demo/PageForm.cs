using System.Net;
using System.Text.RegularExpressions;

namespace Holdfast.Cli.Demo;

/// <summary>A form as a browser would send it untouched.</summary>
/// <param name="Inside">Its markup, to tell one from another.</param>
internal sealed partial record PageForm(string Action, IReadOnlyList<KeyValuePair<string, string>> Fields, string Inside)
{
    /// <summary>Every form of a page. Reads what our own pages write, not any HTML there may be.</summary>
    public static IEnumerable<PageForm> On(string html) => Forms().Matches(html).Select(form => new PageForm(
        Attribute(form.Groups["tag"].Value, "action") ?? "",
        [.. Inputs().Matches(form.Groups["inside"].Value).Select(input => input.Value).Where(IsSent).Select(input => new KeyValuePair<string, string>(Attribute(input, "name")!, Attribute(input, "value") ?? ""))], // a field without a name is not sent
        form.Groups["inside"].Value));

    /// <summary>The same with these fields filled in; one filled with <c>null</c> is left out.</summary>
    public IEnumerable<KeyValuePair<string, string>> With(params IReadOnlyList<(string Name, string? Value)> filled) =>
        Fields.Where(field => filled.All(given => given.Name != field.Key))
            .Concat(filled.Where(given => given.Value is not null).Select(given => new KeyValuePair<string, string>(given.Name, given.Value!))); // the line above asked

    private static bool IsSent(string input) =>
        Attribute(input, "name") is not null && !Has(input, "disabled")
        && Attribute(input, "type") switch
        {
            "checkbox" or "radio" => Has(input, "checked"),
            "file" or "submit" or "button" => false,
            _ => true,
        };

    // Words that stand alone, whatever the values of the other attributes say.
    private static bool Has(string tag, string flag) => Attributes().Replace(tag, "").Split([' ', '>', '/']).Contains(flag);

    private static string? Attribute(string tag, string name) =>
        Attributes().Matches(tag).FirstOrDefault(attribute => attribute.Groups["name"].Value == name) is { } found ? WebUtility.HtmlDecode(found.Groups["value"].Value) : null;

    [GeneratedRegex(@"<form\b(?<tag>[^>]*)>(?<inside>.*?)</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex(@"<input\b[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Inputs();

    [GeneratedRegex(@"(?<name>[\w-]+)=""(?<value>[^""]*)""")]
    private static partial Regex Attributes();
}
