namespace Holdfast.Platform.Pixels;

/// <summary>A developer's pixel and how much it has told.</summary>
public sealed record Pixel
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Events of the last seven days, tests included.</summary>
    public long Events { get; init; }

    public DateTimeOffset? LastAt { get; init; }
}

/// <summary>Something a page told.</summary>
public sealed record PixelEvent
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary>The page without its query.</summary>
    public string Page { get; init; } = "";

    /// <summary>A JSON object; empty for none.</summary>
    public string Properties { get; init; } = "";

    public bool IsTest { get; init; }
    public DateTimeOffset At { get; init; }
}
