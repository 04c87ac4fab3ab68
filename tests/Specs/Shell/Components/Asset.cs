using Holdfast.Shell.Components;

namespace Holdfast.Specs.Shell.Components;

/// <summary>The files that travel inside the Shell assembly.</summary>
internal static class Asset
{
    private const string Folder = "Assets/";

    public static IEnumerable<string> Names =>
        from name in typeof(Icon).Assembly.GetManifestResourceNames() where name.StartsWith(Folder, StringComparison.Ordinal) select name[Folder.Length..];

    public static string Read(string name)
    {
        using var stream = typeof(Icon).Assembly.GetManifestResourceStream(Folder + name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
