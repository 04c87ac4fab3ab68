using System.Text.Json;

namespace Holdfast.Cli.Demo;

/// <summary>One entry of <c>demo/captions.json</c>.</summary>
/// <param name="Key">Sent as the form's key: the same entry, sent again, is the same post.</param>
/// <param name="Day">Days from today.</param>
/// <param name="Time">Time of day in the workspace's zone.</param>
internal sealed record DemoPost(string Key, string Person, string State, string Clip, string Caption, int Day, string Time)
{
    public static IReadOnlyList<DemoPost> Of(string person)
    {
        using var captions = JsonDocument.Parse(typeof(DemoPost).Assembly.GetManifestResourceStream("demo/captions.json")!); // embedded by Cli.csproj
        return [.. captions.RootElement.EnumerateArray().Index()
            .Where(entry => entry.Item.GetProperty("person").GetString() == person)
            .Select(entry => Read($"demo-{entry.Index:00}", entry.Item))];
    }

    private static DemoPost Read(string key, JsonElement entry) => new(
        key,
        entry.GetProperty("person").GetString() ?? "",
        entry.GetProperty("state").GetString() ?? "",
        entry.GetProperty("clip").GetString() ?? "",
        entry.GetProperty("caption").GetString() ?? "",
        entry.TryGetProperty("day", out var day) ? day.GetInt32() : 0,
        entry.TryGetProperty("time", out var time) ? time.GetString() ?? "" : "");
}
