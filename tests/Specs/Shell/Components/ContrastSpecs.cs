namespace Holdfast.Specs.Shell.Components;

public sealed class ContrastSpecs
{
    private static readonly string[] Sheets = ["page", "surface", "sunken", "raised"];
    private static readonly string[] Tones = ["good", "info", "busy", "warning", "bad", "neutral"];

    [Theory, CombinatorialApps]
    public void Words_stand_out_from_what_they_are_written_on(string app, bool dark) =>
        Assert.Empty(Misses(app, dark, 4.5, Words()));

    [Theory, CombinatorialApps]
    public void Edges_of_controls_and_the_focus_ring_can_be_seen(string app, bool dark) =>
        Assert.Empty(Misses(app, dark, 3, Edges()));

    [Fact]
    public void The_two_apps_cannot_be_mistaken_for_each_other()
    {
        var css = Asset.Read("tokens.css");

        Assert.NotEqual(Contrast.Colours(css, "studio", false)["accent"], Contrast.Colours(css, "platform", false)["accent"]);
        Assert.NotEqual(Contrast.Colours(css, "studio", true)["accent"], Contrast.Colours(css, "platform", true)["accent"]);
    }

    private static IEnumerable<(string Front, string Back)> Words()
    {
        foreach (var sheet in Sheets)
        {
            foreach (var text in new[] { "text", "text-soft", "text-muted", "accent-text", "bad" })
                yield return (text, sheet);
        }

        foreach (var tone in Tones)
        {
            yield return (tone, $"{tone}-soft");
            yield return ("text", $"{tone}-soft");
            yield return (tone, "surface");
        }

        foreach (var back in new[] { "accent-soft", "neutral-soft" })
        {
            yield return ("text", back);
            yield return ("text-soft", back);
            yield return ("accent-text", back);
        }

        foreach (var back in new[] { "side", "side-hover", "side-current", "side-line" })
        {
            yield return ("side-strong", back);
            yield return ("side-text", back);
        }

        yield return ("side-muted", "side");
        yield return ("side-muted", "side-hover");
        yield return ("side-muted", "code");
        yield return ("code-text", "code");
        yield return ("on-accent", "accent");
        yield return ("on-accent", "accent-hover");
        yield return ("on-danger", "danger-fill");
        yield return ("on-danger", "danger-fill-hover");
        yield return ("text-muted", "accent-soft");
    }

    private static IEnumerable<(string Front, string Back)> Edges()
    {
        foreach (var sheet in Sheets)
        {
            yield return ("line-strong", sheet == "page" ? "surface" : sheet);
            yield return ("focus", sheet);
            yield return ("accent", sheet);
        }

        yield return ("accent", "neutral-soft");
        yield return ("focus", "accent-soft");
    }

    private static IEnumerable<string> Misses(string app, bool dark, double least, IEnumerable<(string Front, string Back)> pairs)
    {
        var colours = Contrast.Colours(Asset.Read("tokens.css"), app, dark);
        return from pair in pairs.Distinct()
               let contrast = Contrast.Between(colours[pair.Front], colours[pair.Back])
               where contrast < least
               select FormattableString.Invariant($"{pair.Front} on {pair.Back}: {contrast:0.00}");
    }
}
