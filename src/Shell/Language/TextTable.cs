using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Holdfast.Shell.Language;

/// <summary>All texts of an app, read once from the <c>Texts.json</c> of every feature.</summary>
public sealed class TextTable
{
    private readonly FrozenDictionary<string, string> texts;

    public TextTable(params IEnumerable<Assembly> assemblies) =>
        texts = assemblies.SelectMany(Read).ToFrozenDictionary(StringComparer.Ordinal);

    public IEnumerable<string> Keys => texts.Keys;

    /// <summary>The English text; the key itself when there is none, so that a page is never lost to a missing sentence (a spec finds those).</summary>
    public string Find(string key) => texts.GetValueOrDefault(key, key);

    public bool Has(string key) => texts.ContainsKey(key);

    private static IEnumerable<KeyValuePair<string, string>> Read(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.EndsWith("Texts.json", StringComparison.Ordinal)))
        {
            var feature = resource[..^"Texts.json".Length].Replace('/', '.').ToLowerInvariant();
            using var stream = assembly.GetManifestResourceStream(resource)!; // the name came from the manifest
            foreach (var text in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                yield return new(feature + text.Key, text.Value);
        }
    }
}
