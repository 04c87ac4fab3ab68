using Holdfast.Platform.Faults;

namespace Holdfast.Platform.Weather;

/// <summary>A bad day as one click: what goes wrong, what is set, what awaits posts, and for how long.</summary>
/// <param name="Name">As the API writes it; its words stand under <c>weather.story.…</c>.</param>
internal sealed record Story(string Name, TimeSpan For)
{
    public IReadOnlyList<NewFault> Faults { get; init; } = [];

    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>How posts end at their checks, one after the other; the last one for all that follow.</summary>
    public IReadOnlyList<string> Verdicts { get; init; } = [];
}
