using System.Globalization;
using System.Text.Json;

namespace Holdfast.Specs.Contract;

/// <summary>Compares JSON with a template: members in any order, exactly the ones named.</summary>
internal static class JsonShape
{
    public static IReadOnlyList<string> Differences(string template, string json, Dictionary<string, string> values)
    {
        try
        {
            using var wanted = JsonDocument.Parse(template);
            using var found = JsonDocument.Parse(json);
            return [.. Compare("$", wanted.RootElement, found.RootElement, values)];
        }
        catch (JsonException)
        {
            return [$"This is no JSON: {json}"];
        }
    }

    private static IEnumerable<string> Compare(string path, JsonElement wanted, JsonElement found, Dictionary<string, string> values)
    {
        switch (wanted.ValueKind)
        {
            case JsonValueKind.Object when found.ValueKind == JsonValueKind.Object:
                foreach (var member in wanted.EnumerateObject())
                {
                    if (!found.TryGetProperty(member.Name, out var value))
                    {
                        yield return $"{path}.{member.Name} is missing.";
                        continue;
                    }

                    foreach (var difference in Compare($"{path}.{member.Name}", member.Value, value, values))
                    {
                        yield return difference;
                    }
                }

                foreach (var member in found.EnumerateObject().Where(member => !wanted.TryGetProperty(member.Name, out _)))
                {
                    yield return $"{path}.{member.Name} is not in the contract.";
                }

                break;
            case JsonValueKind.Array when found.ValueKind == JsonValueKind.Array:
                if (wanted.GetArrayLength() != found.GetArrayLength())
                {
                    yield return $"{path} has {found.GetArrayLength()} items, not {wanted.GetArrayLength()}.";
                    break;
                }

                for (var index = 0; index < wanted.GetArrayLength(); index++)
                {
                    foreach (var difference in Compare(string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]"), wanted[index], found[index], values))
                    {
                        yield return difference;
                    }
                }

                break;
            case JsonValueKind.String when wanted.GetString()!.EndsWith(":number}}", StringComparison.Ordinal): // a string has text
                if (found.ValueKind != JsonValueKind.Number || !found.TryGetInt64(out var number)
                    || !Placeholders.Match(wanted.GetRawText(), number.ToString(CultureInfo.InvariantCulture), values))
                {
                    yield return $"{path} is {found.GetRawText()}, not a whole number as {wanted.GetString()}.";
                }

                break;
            case JsonValueKind.String when found.ValueKind == JsonValueKind.String:
                if (!Placeholders.Match(wanted.GetString()!, found.GetString()!, values)) // both are strings
                {
                    yield return $"{path} is {found.GetRawText()}, not {wanted.GetRawText()}.";
                }

                break;
            default:
                if (!JsonElement.DeepEquals(wanted, found))
                {
                    yield return $"{path} is {found.GetRawText()}, not {wanted.GetRawText()}.";
                }

                break;
        }
    }
}
