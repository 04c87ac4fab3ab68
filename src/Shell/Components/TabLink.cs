namespace Holdfast.Shell.Components;

/// <summary>One tab of a <see cref="TabNav"/>: each is an address of its own, so it can be opened, kept and sent.</summary>
/// <param name="Href">Where it leads.</param>
/// <param name="Text">Its word.</param>
/// <param name="Current">This is the page shown.</param>
/// <param name="Count">A number beside the word.</param>
public sealed record TabLink(string Href, string Text, bool Current = false, int? Count = null);
