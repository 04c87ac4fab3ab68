namespace Holdfast.Platform.Overrides;

/// <summary>A setting's value from the console, over the configured one.</summary>
internal sealed record Override
{
    public string Name { get; init; } = "";

    /// <summary>The weather that set it; empty for a person.</summary>
    public string Story { get; init; } = "";
    public string Value { get; init; } = "";
    public DateTimeOffset? EndsAt { get; init; }

    public bool IsLive(DateTimeOffset now) => EndsAt is null || EndsAt > now;
}

/// <summary>What this node knows of the console's settings; <see cref="HearConsole"/> keeps it true.</summary>
internal sealed class KnownOverrides
{
    private IReadOnlyList<Override> all = [];

    /// <summary>The same list until something changes.</summary>
    public IReadOnlyList<Override> All { get => Volatile.Read(ref all); set => Volatile.Write(ref all, value); }

    /// <summary>Those in force, the stronger later: a story stands over a person.</summary>
    public IEnumerable<Override> LiveAt(DateTimeOffset now) => All.Where(one => one.IsLive(now)).OrderBy(one => one.Story.Length > 0);
}
