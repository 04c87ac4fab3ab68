using System.Text.RegularExpressions;

namespace Holdfast.Specs.Contract;

/// <summary>The <c>{{name}}</c> in a contract file: filled in one way, matched the other.</summary>
internal static partial class Placeholders
{
    /// <summary>The text with every placeholder replaced; <c>"{{name:number}}"</c> loses its quotes.</summary>
    public static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        Any().Replace(template, found => values.TryGetValue(found.Groups["name"].Value, out var value)
            ? value
            : throw new KeyNotFoundException($"Nobody said what {found.Value} stands for."));

    /// <summary>Whether the text fits; what the placeholders stood for is added, and a name seen before has to stand for the same.</summary>
    public static bool Match(string template, string text, Dictionary<string, string> values)
    {
        var pattern = "";
        var end = 0;
        foreach (Match found in Any().Matches(template))
        {
            var name = found.Groups["name"].Value;
            pattern += Regex.Escape(template[end..found.Index]) + (values.TryGetValue(name, out var known) ? Regex.Escape(known)
                : pattern.Contains($"(?<{name}>", StringComparison.Ordinal) ? $@"\k<{name}>" : $"(?<{name}>.+)");
            end = found.Index + found.Length;
        }

        var match = Regex.Match(text, $@"\A{pattern}{Regex.Escape(template[end..])}\z", RegexOptions.Singleline | RegexOptions.CultureInvariant);
        foreach (Group group in match.Groups)
        {
            if (match.Success && !char.IsAsciiDigit(group.Name[0]))
            {
                values[group.Name] = group.Value;
            }
        }

        return match.Success;
    }

    /// <summary>Compares parameters whatever their order; each counts once.</summary>
    public static IEnumerable<string> MatchPairs(
        string where, IReadOnlyList<(string Name, string Value)> wanted, IReadOnlyList<(string Name, string Value)> found, Dictionary<string, string> values)
    {
        foreach (var (name, template) in wanted)
        {
            var here = found.Where(pair => pair.Name == name).ToList();
            if (here.Count != 1)
            {
                yield return $"The {where} has {name} {here.Count} times instead of once.";
            }
            else if (!Match(template, here[0].Value, values))
            {
                yield return $"The {where}'s {name} is {here[0].Value}, not {template}.";
            }
        }

        foreach (var (name, _) in found.Where(pair => wanted.All(other => other.Name != pair.Name)))
        {
            yield return $"The {where} has a {name} nobody asked for.";
        }
    }

    [GeneratedRegex("""("\{\{(?<name>\w+):number\}\}"|\{\{(?<name>\w+)\}\})""")]
    private static partial Regex Any();
}
