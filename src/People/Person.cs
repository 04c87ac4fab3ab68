namespace Holdfast.People;

/// <summary>Somebody who can sign in.</summary>
public sealed record Person
{
    public string Id { get; init; } = "";

    /// <summary>Lower-case name, unique in its app.</summary>
    public string UserName { get; init; } = "";

    public string? Email { get; init; }

    public string DisplayName { get; init; } = "";
}
