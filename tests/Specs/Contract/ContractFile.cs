using System.Reflection;

namespace Holdfast.Specs.Contract;

/// <summary>A request and its answer, typed by hand from the protocol notes. See README.md beside the files.</summary>
internal sealed record ContractFile(string Name, string Title, ContractRequest Request, ContractResponse Response)
{
    private const string Folder = "Contract/";
    private const string Extension = ".http";

    /// <summary>Every file, as <c>folder/case</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length]).Order(StringComparer.Ordinal),
    ];

    public static ContractFile Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name + Extension)
            ?? throw new FileNotFoundException($"There is no contract file {name}. Known: {string.Join(", ", Names)}");
        using var reader = new StreamReader(stream);
        return Read(name, reader.ReadToEnd());
    }

    private static ContractFile Read(string name, string text)
    {
        var lines = new Queue<string>(text.TrimEnd('\n').Split('\n').Select(line => line.TrimEnd('\r')));
        List<string> title = [];
        while (lines.Peek().StartsWith('#'))
        {
            title.Add(lines.Dequeue()[1..].Trim());
        }

        var first = lines.Dequeue().Split(' ', 2);
        List<(string, string)> query = [];
        while (lines.Count > 0 && lines.Peek().StartsWith("? ", StringComparison.Ordinal))
        {
            query.Add(Pair(lines.Dequeue()[2..]));
        }

        var headers = Headers(lines);
        List<string> body = [];
        while (lines.Peek() != "---")
        {
            body.Add(lines.Dequeue());
        }

        lines.Dequeue();
        var status = lines.Dequeue();
        var answerHeaders = Headers(lines);
        return status.StartsWith("HTTP ", StringComparison.Ordinal)
            ? new(
                name, string.Join(' ', title), new(first[0], first[1], query, headers, string.Join('\n', body).Trim()),
                new(int.Parse(status[5..], null), answerHeaders, string.Join('\n', lines).Trim()))
            : throw new FormatException($"{name}: the answer has to begin with HTTP and a status, not with {status}.");
    }

    private static Dictionary<string, string> Headers(Queue<string> lines)
    {
        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        while (lines.Count > 0 && lines.Peek() is not ("" or "---"))
        {
            var header = lines.Dequeue().Split(": ", 2);
            headers.Add(header[0], header[1]);
        }

        if (lines.Count > 0 && lines.Peek() == "")
        {
            lines.Dequeue();
        }

        return headers;
    }

    internal static (string Name, string Value) Pair(string text)
    {
        var parts = text.Split('=', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}
