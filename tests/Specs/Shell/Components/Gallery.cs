using System.Reflection;
using Microsoft.AspNetCore.Components;

namespace Holdfast.Specs.Shell.Components;

/// <summary>Every piece on pages like the real ones, written to <c>artifacts/gallery</c> to be looked at.</summary>
public sealed class Gallery
{
    internal sealed record Page(string Name, string Html);

    internal static async Task<IReadOnlyList<Page>> PagesAsync()
    {
        var pages = new List<Page>();
        foreach (var theme in new[] { "light", "dark" })
        {
            pages.Add(await PageAsync<StudioHome>("home", "studio", theme));
            pages.Add(await PageAsync<StudioCalendar>("calendar", "studio", theme));
            pages.Add(await PageAsync<StudioPieces>("pieces", "studio", theme));
            pages.Add(await PageAsync<PlatformConsent>("consent", "platform", theme));
            pages.Add(await PageAsync<PlatformSignIn>("signin", "platform", theme));
            pages.Add(await PageAsync<PlatformProfile>("profile", "platform", theme));
            pages.Add(await PageAsync<PlatformPortal>("portal", "platform", theme));
        }

        return pages;
    }

    [Fact]
    public async Task The_gallery_can_be_looked_at()
    {
        var folder = Directory.CreateDirectory(Path.Combine(ArtifactsFolder(), "gallery"));
        var assets = folder.CreateSubdirectory("assets");
        foreach (var name in Asset.Names)
            await File.WriteAllTextAsync(Path.Combine(assets.FullName, name), Asset.Read(name), TestContext.Current.CancellationToken);

        foreach (var page in await PagesAsync())
        {
            Assert.Contains("id=\"main\"", page.Html, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, page.Name + ".html"), page.Html, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<Page> PageAsync<TPage>(string name, string app, string theme) where TPage : IComponent =>
        new($"{app}-{name}-{theme}", await Rendered.HtmlAsync<TPage>(new Dictionary<string, object?> { ["Theme"] = theme }));

    private static string ArtifactsFolder()
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!);
        while (folder is { Name: not "artifacts" })
            folder = folder.Parent;
        return folder?.FullName ?? Path.GetTempPath();
    }
}
