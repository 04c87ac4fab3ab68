using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Holdfast.Specs.Contract;

/// <summary>What the server answers.</summary>
internal sealed record ContractResponse(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The answer with its placeholders filled in, to give to a client.</summary>
    public HttpResponseMessage ToMessage(IReadOnlyDictionary<string, string> values)
    {
        var message = new HttpResponseMessage((HttpStatusCode)Status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Placeholders.Fill(Body, values))) };
        foreach (var (name, template) in Headers)
        {
            if (name == "Content-Type")
            {
                message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(template);
            }
            else if (!message.Headers.TryAddWithoutValidation(name, Placeholders.Fill(template, values)))
            {
                message.Content.Headers.TryAddWithoutValidation(name, Placeholders.Fill(template, values));
            }
        }

        return message;
    }

    /// <summary>Where an answer of a server differs; empty when it is the one in the file.</summary>
    public IReadOnlyList<string> Differences(HttpResponseMessage answer, string body, Dictionary<string, string> values)
    {
        List<string> found = [];
        // 303 is what a redirect after a form's post should be (attack case 29); to a browser and to a client it is the same.
        if ((int)answer.StatusCode != Status && !(Status == 302 && answer.StatusCode == HttpStatusCode.SeeOther))
        {
            found.Add($"The status is {(int)answer.StatusCode}, not {Status}.");
        }

        foreach (var (name, template) in Headers)
        {
            var value = answer.Headers.TryGetValues(name, out var many) || answer.Content.Headers.TryGetValues(name, out many) ? string.Join(", ", many) : null;
            if (value is null)
            {
                found.Add($"The header {name} is missing.");
            }
            else if (name == "Location")
            {
                found.AddRange(Location(template, value, values));
            }
            else if (!Placeholders.Match(template, name == "Content-Type" ? value.Split(';')[0] : value, values))
            {
                found.Add($"The header {name} is {value}, not {template}.");
            }
        }

        // A redirect may carry words for people; everything else says exactly what the file says.
        if (Body != "")
        {
            found.AddRange(JsonShape.Differences(Body, body, values));
        }
        else if (body != "" && Status is < 300 or >= 400)
        {
            found.Add($"There is a body where none is wanted: {body}");
        }

        return found;
    }

    private static IEnumerable<string> Location(string template, string value, Dictionary<string, string> values)
    {
        var (wantedAddress, wantedQuery) = Split(template);
        var (address, query) = Split(value);
        // A server may write its own paths absolute.
        if (wantedAddress.StartsWith('/') && Uri.TryCreate(address, UriKind.Absolute, out var absolute) && !address.StartsWith('/'))
        {
            address = absolute.AbsolutePath;
        }

        if (!Placeholders.Match(wantedAddress, address, values))
        {
            yield return $"The redirect goes to {address}, not to {wantedAddress}.";
        }

        foreach (var difference in Placeholders.MatchPairs("redirect's query", FormText.Read(wantedQuery), FormText.Read(query), values))
        {
            yield return difference;
        }
    }

    private static (string Address, string Query) Split(string location)
    {
        var mark = location.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (location, "") : (location[..mark], location[(mark + 1)..]);
    }
}
