namespace Holdfast.Studio.Workspaces;

/// <summary>A team's space: owns connections, posts and media.</summary>
internal sealed record Workspace
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public string Zone { get; init; } = "";
    public long LateMinutes { get; init; }
}
