using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace Holdfast.Specs.Shell.Components;

/// <summary>What a strict content security policy would block is not there in the first place.</summary>
public sealed partial class PolicySpecs
{
    [Fact]
    public async Task No_component_writes_an_inline_style_an_inline_script_or_a_foreign_address()
    {
        foreach (var page in await Gallery.PagesAsync())
        {
            var document = new HtmlParser().ParseDocument(page.Html);

            Assert.DoesNotContain(document.All, element => element.Attributes.Any(attribute =>
                attribute.Name == "style" || attribute.Name.StartsWith("on", StringComparison.Ordinal)));
            Assert.DoesNotContain(document.QuerySelectorAll("script"), script => script.TextContent.Trim().Length > 0);
            Assert.Empty(document.QuerySelectorAll("style, base, iframe"));
            Assert.DoesNotContain(document.QuerySelectorAll("[src], link[href]"), element =>
                (element.GetAttribute("src") ?? element.GetAttribute("href"))!.Contains("//", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Ids_on_a_page_are_unique_and_every_reference_finds_its_element()
    {
        foreach (var page in await Gallery.PagesAsync())
        {
            var document = new HtmlParser().ParseDocument(page.Html);
            var ids = document.QuerySelectorAll("[id]").Select(element => element.Id!).ToList();

            Assert.Equal(ids.Distinct(), ids);
            foreach (var attribute in new[] { "for", "aria-describedby", "aria-labelledby", "data-copy", "data-count", "data-dialog-open", "popovertarget" })
            {
                foreach (var element in document.QuerySelectorAll($"[{attribute}]"))
                    Assert.All(element.GetAttribute(attribute)!.Split(' '), id => Assert.Contains(id, ids));
            }
        }
    }

    [Fact]
    public void No_style_sheet_or_module_reaches_another_origin()
    {
        foreach (var name in Asset.Names.Where(name => !name.EndsWith(".svg", StringComparison.Ordinal)))
            Assert.DoesNotMatch(Foreign(), Asset.Read(name));
    }

    [GeneratedRegex(@"https?://|url\(\s*[""']?//|@import|@font-face|\beval\(|new Function")]
    private static partial Regex Foreign();
}
