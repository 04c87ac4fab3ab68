using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Holdfast.Simulation.Stage;

/// <summary>A moment in which the power went everywhere: both databases and what the people and the counters know. A run goes on from it as it would have without the break.</summary>
internal sealed class Checkpoint
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, IncludeFields = true };

    public required string Folder { get; init; }

    /// <summary>1 for the first.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The trace's, up to here.</summary>
    public required string Hash { get; init; }

    public required MemoryBlobs StudioBlobs { get; init; }

    public required MemoryBlobs PlatformBlobs { get; init; }

    public required JsonElement Life { get; init; }

    public static Checkpoint Take(World world, string folder, int number, object life)
    {
        foreach (var node in world.Nodes.Append(world.Platform))
            node.Die();
        world.Clock.Forget();
        var place = Directory.CreateDirectory(Path.Combine(folder, $"{number:000}.new")).FullName;
        Keep(world.StudioData.Data.Connection, place, "studio");
        Keep(world.PlatformData.Data.Connection, place, "platform");
        world.StudioData.Blobs.Keep(Path.Combine(place, "studio"));
        world.PlatformData.Blobs.Keep(Path.Combine(place, "platform"));
        File.WriteAllText(Path.Combine(place, "life.json"), JsonSerializer.Serialize(new Kept(world.Now, world.Trace.Hash(), JsonSerializer.SerializeToElement(life, life.GetType(), Json)), Json));
        // The name says that it is whole.
        Directory.Move(place, Path.Combine(folder, $"{number:000}"));
        foreach (var old in Directory.GetDirectories(folder).Where(old => int.TryParse(Path.GetFileName(old), out var known) && known < number - 1))
            Directory.Delete(old, recursive: true);
        return Read(folder, number);
    }

    /// <summary>The newest in a folder.</summary>
    public static Checkpoint? Last(string folder) => !Directory.Exists(folder) ? null
        : Directory.GetDirectories(folder).Select(place => int.TryParse(Path.GetFileName(place), out var number) ? number : 0).DefaultIfEmpty().Max() is > 0 and var newest ? Read(folder, newest) : null;

    public T LifeAs<T>() => Life.Deserialize<T>(Json) ?? throw new InvalidDataException("The checkpoint holds no life.");

    public void Restore(string name, SqliteConnection into)
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(Folder, $"{Number:000}", name + ".db")};Mode=ReadOnly;Pooling=False");
        file.Open();
        file.BackupDatabase(into);
    }

    private static Checkpoint Read(string folder, int number)
    {
        var place = Path.Combine(folder, $"{number:000}");
        var kept = JsonSerializer.Deserialize<Kept>(File.ReadAllText(Path.Combine(place, "life.json")), Json) ?? throw new InvalidDataException($"{place} holds no life.");
        return new Checkpoint
        {
            Folder = folder,
            Number = number,
            At = kept.At,
            Hash = kept.Hash,
            StudioBlobs = MemoryBlobs.From(Path.Combine(place, "studio")),
            PlatformBlobs = MemoryBlobs.From(Path.Combine(place, "platform")),
            Life = kept.Life,
        };
    }

    private static void Keep(SqliteConnection data, string place, string name)
    {
        using var file = new SqliteConnection($"Data Source={Path.Combine(place, name + ".db")};Pooling=False");
        file.Open();
        data.BackupDatabase(file);
    }

    private sealed record Kept(DateTimeOffset At, string Hash, JsonElement Life);
}
