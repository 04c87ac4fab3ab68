using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Holdfast.Journeys.Stage;

namespace Holdfast.Journeys;

/// <summary>The client library as somebody else gets it.</summary>
public sealed class PackageSpecs
{
    [Fact]
    public async Task The_package_brings_its_manual_and_asks_for_nothing_but_dotnet()
    {
        var folder = Directory.CreateTempSubdirectory("holdfast-package").FullName;
        await PackAsync(folder);

        await using var package = await ZipFile.OpenReadAsync(Assert.Single(Directory.GetFiles(folder)), TestContext.Current.CancellationToken);
        var names = package.Entries.Select(entry => entry.FullName).ToList();
        await using var file = await package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).OpenAsync(TestContext.Current.CancellationToken);
        var manifest = await XDocument.LoadAsync(file, LoadOptions.None, TestContext.Current.CancellationToken);

        Assert.Equal(["lib/net10.0/Holdfast.TikTok.dll", "lib/net10.0/Holdfast.TikTok.xml"], names.Where(name => name.StartsWith("lib/", StringComparison.Ordinal)).Order());
        Assert.Contains("README.md", names);
        Assert.Equal("README.md", Value(manifest, "readme"));
        Assert.Equal("Holdfast.TikTok", Value(manifest, "id"));
        Assert.Null(Value(manifest, "dependency"));
        Assert.Null(Value(manifest, "frameworkReference"));
    }

    private static string? Value(XDocument manifest, string name) => manifest.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    private static async Task PackAsync(string folder)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["pack", Path.Combine(Repository.Root, "src", "TikTok"), "-c", "Release", "--no-build", "-o", folder])
        {
            RedirectStandardOutput = true,
        })!; // a start that fails throws
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, output);
    }
}
