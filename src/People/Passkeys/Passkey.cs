namespace Holdfast.People.Passkeys;

/// <summary>A passkey as its person sees it.</summary>
public sealed record Passkey
{
    public string Id { get; init; } = "";
    public string Name { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }
    public bool IsBackedUp { get; init; }
}
