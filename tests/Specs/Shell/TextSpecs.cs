using System.Text.RegularExpressions;
using Holdfast.Platform;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Language;
using Holdfast.Studio;

namespace Holdfast.Specs.Shell;

public sealed partial class TextSpecs
{
    [Theory]
    [InlineData("Studio")]
    [InlineData("Platform")]
    [InlineData("People")]
    [InlineData("Shell")]
    public void Every_text_a_page_asks_for_exists(string project)
    {
        var table = new TextTable([typeof(AppIdentity).Assembly, typeof(Holdfast.People.PeopleStore).Assembly, .. project switch
        {
            "Studio" => new[] { typeof(StudioApp).Assembly },
            "Platform" => [typeof(PlatformApp).Assembly],
            _ => [],
        }]);

        var missing = Repository.Sources(".razor", ".cs")
            .Where(file => file.Contains(Path.Combine("src", project) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .SelectMany(file => Indexed().Matches(File.ReadAllText(file)).Select(use => (File: Path.GetFileName(file), Key: use.Groups[1].Value))
                .Concat(Counted().Matches(File.ReadAllText(file)).SelectMany(use => new[] { (File: Path.GetFileName(file), Key: use.Groups[1].Value + ".one"), (File: Path.GetFileName(file), Key: use.Groups[1].Value + ".other") })))
            .Where(use => !table.Has(use.Key))
            .Distinct()
            .ToList();

        Assert.Empty(missing);
    }

    [Fact]
    public void The_pseudo_locale_marks_the_text_and_keeps_its_placeholders() =>
        Assert.Equal("⟦Ýóú šáíd {0}····⟧", PseudoLocale.Mark("You said {0}"));

    [GeneratedRegex("""\bT\["([a-z0-9.\-]+)"[,\]]""")]
    private static partial Regex Indexed();

    [GeneratedRegex("""\bT\.Count\("([a-z0-9.\-]+)",""")]
    private static partial Regex Counted();
}
