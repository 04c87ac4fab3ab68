namespace Holdfast.People;

/// <summary>Where to go after sign-in: a page of ours, whatever the address says (attack case 85).</summary>
public static class LocalPath
{
    /// <summary><paramref name="next"/> when it is a path on this very origin, else <paramref name="otherwise"/>.</summary>
    public static string Or(string? next, string otherwise) =>
        next is ['/', ..] && next is not ['/', '/' or '\\', ..] && next.All(c => c is > ' ' and <= '~' and not '\\') ? next : otherwise;
}
