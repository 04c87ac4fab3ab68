using Holdfast.Shell.Language;

namespace Holdfast.Studio.Help.Audit;

/// <summary>What a tool's owner fills into the templates. Everything is optional: what is missing stays a visible gap.</summary>
public sealed record PolicyForm
{
    public const int Longest = 200;

    /// <summary>Who runs the tool: a company or a person.</summary>
    public string Company { get; init; } = "";

    /// <summary>What the tool is called at TikTok.</summary>
    public string Product { get; init; } = "";

    /// <summary>Address of its site.</summary>
    public string Site { get; init; } = "";

    /// <summary>Where people write to.</summary>
    public string Mail { get; init; } = "";

    /// <summary>Whose law applies.</summary>
    public string Country { get; init; } = "";

    /// <summary>One line each, no longer than <see cref="Longest"/>.</summary>
    public static PolicyForm Read(IQueryCollection query) => new()
    {
        Company = Line(query["company"]),
        Product = Line(query["product"]),
        Site = Line(query["site"]),
        Mail = Line(query["mail"]),
        Country = Line(query["country"]),
    };

    /// <summary>The same values as a query.</summary>
    public string Query => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("", Values.Select(value => KeyValuePair.Create(value.Name, (string?)value.Value)));

    /// <summary>Names as the templates and the form use them.</summary>
    public IReadOnlyList<(string Name, string Value)> Values =>
        [("company", Company), ("product", Product), ("site", Site), ("mail", Mail), ("country", Country)];

    private static string Line(string? text)
    {
        return string.Concat((text ?? "").Where(letter => !char.IsControl(letter))).Trim().CutTo(Longest);
    }
}
