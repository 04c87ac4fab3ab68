using System.Text.Json;

namespace Holdfast.Studio.Media;

/// <summary>Our own clips, in the program: something to post before there is anything to post.</summary>
internal sealed class Samples
{
    private const string Folder = "demo/clips/";

    // Few and small; read when first looked at.
    private readonly Lazy<IReadOnlyList<Sample>> all = new(Read);

    public IReadOnlyList<Sample> All => all.Value;

    public Sample? Find(string? name) => All.FirstOrDefault(sample => sample.Name == name);

    private static List<Sample> Read()
    {
        var assembly = typeof(Samples).Assembly;
        using var captions = JsonDocument.Parse(assembly.GetManifestResourceStream("demo/captions.json")!); // embedded by Studio.csproj
        var words = captions.RootElement.EnumerateArray()
            .GroupBy(entry => entry.GetProperty("clip").GetString() ?? "", StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var samples = new List<Sample>();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".mp4", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = resource[Folder.Length..^".mp4".Length];
            using var video = assembly.GetManifestResourceStream(resource)!; // just listed
            var facts = VideoFacts.Read(video) ?? throw new InvalidDataException($"The sample {name} is no video.");
            samples.Add(words.TryGetValue(name, out var entry)
                ? new(name, entry.GetProperty("title").GetString() ?? name, entry.GetProperty("description").GetString() ?? "", video.Length, facts)
                : new(name, name, "", video.Length, facts));
        }
        return samples;
    }
}

/// <summary>One of our clips.</summary>
/// <param name="Description">What it shows, for people who cannot see it.</param>
public sealed record Sample(string Name, string Title, string Description, long Bytes, VideoFacts Facts)
{
    public string FileName => $"{Name}.mp4";

    public string CoverUrl => $"/media/samples/{Name}/cover";

    public string VideoUrl => $"/media/samples/{Name}";

    public Stream? OpenVideo() => typeof(Sample).Assembly.GetManifestResourceStream($"demo/clips/{Name}.mp4");

    public Stream? OpenCover() => typeof(Sample).Assembly.GetManifestResourceStream($"demo/clips/{Name}.jpg");
}
