using System.Text.Json;
using Holdfast.Platform.Api;

namespace Holdfast.Platform.Console;

/// <summary>What a form or a JSON body says, as names and texts: the console's pages and its API are read by the same rules.</summary>
internal sealed class ConsoleInput
{
    private readonly Dictionary<string, string?> fields;

    private ConsoleInput(Dictionary<string, string?> fields) => this.fields = fields;

    /// <summary>The text; <c>null</c> when it is missing, empty or said to be nothing.</summary>
    public string? this[string name] => fields.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    /// <summary>Everything that was said; <c>null</c> is "nothing".</summary>
    public IReadOnlyDictionary<string, string?> All => fields;

    public bool Says(string name) => fields.ContainsKey(name);

    /// <summary>A name that is none of these, so that a slip is not taken for silence.</summary>
    public string? Stranger(params IEnumerable<string> known) => fields.Keys.FirstOrDefault(name => !known.Contains(name));

    public static ConsoleInput Of(IFormCollection form) => new(form
        .Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal))
        .ToDictionary(field => field.Key, field => (string?)field.Value.ToString().Trim(), StringComparer.Ordinal));

    /// <summary><c>null</c> when the body is not a JSON object of texts, numbers, true, false and null.</summary>
    public static async Task<ConsoleInput?> ReadAsync(HttpRequest request)
    {
        if (await ApiBody.ReadAsync(request) is not { } body)
            return null;
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                return null;
            fields[member.Name] = member.Value.ValueKind switch
            {
                JsonValueKind.String => body.Text(member.Name)?.Trim(),
                JsonValueKind.Number => member.Value.GetRawText(),
                JsonValueKind.True => "on",
                JsonValueKind.False => "off",
                _ => null,
            };
        }
        return new ConsoleInput(fields);
    }
}
