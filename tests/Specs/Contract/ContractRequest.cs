using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Holdfast.Specs.Contract;

/// <summary>What a client sends.</summary>
internal sealed record ContractRequest(
    string Method, string Path, IReadOnlyList<(string Name, string Value)> Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    private const string Form = "application/x-www-form-urlencoded";

    private bool IsForm => Headers.GetValueOrDefault("Content-Type") == Form;

    /// <summary>The request with its placeholders filled in, to send to a server.</summary>
    /// <param name="address">The server's base address; unused when the path itself is an address.</param>
    /// <param name="values">What the placeholders stand for.</param>
    /// <param name="bytes">The body of an upload.</param>
    public HttpRequestMessage ToMessage(Uri address, IReadOnlyDictionary<string, string> values, HttpContent? bytes = null)
    {
        var query = string.Join('&', Query.Select(pair => $"{pair.Name}={Uri.EscapeDataString(Placeholders.Fill(pair.Value, values))}"));
        var path = Placeholders.Fill(Path, values);
        var message = new HttpRequestMessage(new(Method), new Uri(address, query.Length > 0 ? $"{path}?{query}" : path));
        message.Content = Body switch
        {
            "" => null,
            "{{bytes}}" => bytes ?? throw new ArgumentNullException(nameof(bytes), "This request uploads bytes."),
            _ when IsForm => new FormUrlEncodedContent(Fields().Select(field => KeyValuePair.Create(field.Name, Placeholders.Fill(field.Value, values)))),
            _ => new ByteArrayContent(Encoding.UTF8.GetBytes(Placeholders.Fill(Body, values))),
        };
        foreach (var (name, template) in Headers)
        {
            var value = Placeholders.Fill(template, values);
            if (name == "Content-Type")
            {
                message.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(value); // a request with this header has a body
            }
            else if (name == "Content-Length")
            {
                message.Content!.Headers.ContentLength = long.Parse(value, CultureInfo.InvariantCulture);
            }
            else if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    /// <summary>Where a request that a client sent differs; empty when it is the one in the file.</summary>
    public IReadOnlyList<string> Differences(HttpRequestMessage sent, string body, Dictionary<string, string> values)
    {
        List<string> found = [];
        if (sent.Method.Method != Method)
        {
            found.Add($"The method is {sent.Method}, not {Method}.");
        }

        var address = sent.RequestUri!; // HttpClient sends nothing without one
        if (!Placeholders.Match(Path, Path.StartsWith("{{", StringComparison.Ordinal) ? address.OriginalString : address.AbsolutePath, values))
        {
            found.Add($"The path is {address.AbsolutePath}, not {Path}.");
        }

        if (!Path.StartsWith("{{", StringComparison.Ordinal))
        {
            found.AddRange(Placeholders.MatchPairs("query", Query, FormText.Read(address.Query), values));
        }

        foreach (var (name, template) in Headers)
        {
            var value = Header(sent, name);
            var compared = name == "Content-Type" ? value?.Split(';')[0] : value;
            if (compared is null || !Placeholders.Match(template, compared, values))
            {
                found.Add($"The header {name} is {value ?? "missing"}, not {template}.");
            }
        }

        if (IsForm)
        {
            found.AddRange(Placeholders.MatchPairs("form", [.. Fields()], FormText.Read(body), values));
        }
        else if (Body is not ("" or "{{bytes}}"))
        {
            found.AddRange(JsonShape.Differences(Body, body, values));
        }
        else if (Body == "" && body != "")
        {
            found.Add("There is a body where none is wanted.");
        }

        return found;
    }

    private IEnumerable<(string Name, string Value)> Fields() => Body.Split('\n').Select(ContractFile.Pair);

    private static string? Header(HttpRequestMessage sent, string name) =>
        sent.Headers.TryGetValues(name, out var values) || (sent.Content?.Headers.TryGetValues(name, out values) ?? false) ? string.Join(", ", values) : null;
}
