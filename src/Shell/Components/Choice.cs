namespace Holdfast.Shell.Components;

/// <summary>One line of a <see cref="Select"/>.</summary>
/// <param name="Value">What the form sends.</param>
/// <param name="Text">What the person reads.</param>
/// <param name="Disabled">Shown but not to be had; the text says why.</param>
public sealed record Choice(string Value, string Text, bool Disabled = false);
