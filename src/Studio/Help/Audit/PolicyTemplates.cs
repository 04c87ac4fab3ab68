using System.Globalization;

namespace Holdfast.Studio.Help.Audit;

/// <summary>A privacy policy and terms of service for a tool like Studio, written by us for its owner to adapt. English, as TikTok's reviewers read them.</summary>
internal static class PolicyTemplates
{
    /// <summary>Their names, as files and in addresses.</summary>
    public static readonly IReadOnlyList<string> Names = ["privacy-policy", "terms-of-service"];

    /// <summary>The template with what is known filled in; what is not stays as <c>[company]</c>. <c>null</c> for a name that is none of <see cref="Names"/>.</summary>
    public static string? Fill(string name, PolicyForm form, DateTimeOffset now)
    {
        if (!Names.Contains(name))
            return null;
        using var stream = typeof(PolicyTemplates).Assembly.GetManifestResourceStream($"Help/Audit/Templates/{name}.md")!; // embedded by Studio.csproj
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().Replace("{date}", now.ToString("d MMMM yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return form.Values.Aggregate(text, (filled, value) =>
            filled.Replace($"{{{value.Name}}}", value.Value.Length > 0 ? value.Value : $"[{value.Name}]", StringComparison.Ordinal));
    }
}
