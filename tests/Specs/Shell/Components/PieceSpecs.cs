using Holdfast.Shell.Components;

namespace Holdfast.Specs.Shell.Components;

public sealed class PieceSpecs
{
    [Theory]
    [InlineData(Tone.Bad, "alert")]
    [InlineData(Tone.Warning, "status")]
    [InlineData(Tone.Good, "status")]
    public async Task A_notice_interrupts_only_for_bad_news(Tone tone, string role)
    {
        var notice = await Rendered.ElementAsync<Notice>(("Tone", tone), ("ChildContent", Rendered.Text("Something happened.")));

        Assert.Equal(role, notice.GetAttribute("role"));
    }

    [Fact]
    public async Task Every_icon_is_drawn_and_hidden_from_assistive_technology()
    {
        foreach (var name in Enum.GetValues<IconName>())
        {
            var icon = await Rendered.ElementAsync<Icon>(("Name", name));

            Assert.Equal("true", icon.GetAttribute("aria-hidden"));
            Assert.NotEmpty(icon.Children);
        }
    }

    [Theory]
    [InlineData("Ada Okafor", "AO")]
    [InlineData("@bruno", "B")]
    [InlineData("chidi.makes.pots", "CP")]
    [InlineData("🏺 Clay", "🏺C")]
    [InlineData("", "?")]
    public async Task An_avatar_without_a_picture_shows_initials(string name, string initials)
    {
        var avatar = await Rendered.ElementAsync<Avatar>(("Name", name));

        Assert.Equal(initials, avatar.TextContent);
    }

    [Fact]
    public async Task A_code_block_names_the_text_its_button_copies()
    {
        var block = await Rendered.ElementAsync<CodeBlock>(
            ("Id", "exchange"), ("Title", "Exchange"), ("Code", "curl -d \"code=a&b<c>\""), ("CopyText", "Copy"), ("CopiedText", "Copied"), ("FailedText", "Press Ctrl+C"));

        var target = block.QuerySelector($"#{block.QuerySelector("button")!.GetAttribute("data-copy")}")!;
        Assert.Equal("curl -d \"code=a&b<c>\"", target.TextContent);
    }

    [Fact]
    public async Task Progress_nobody_can_measure_has_no_value()
    {
        var known = await Rendered.ElementAsync<Progress>(("Id", "upload"), ("Label", "Uploading"), ("Value", 40L));
        var unknown = await Rendered.ElementAsync<Progress>(("Id", "upload"), ("Label", "Uploading"));

        Assert.Equal("40", known.QuerySelector("progress")!.GetAttribute("value"));
        Assert.False(unknown.QuerySelector("progress")!.HasAttribute("value"));
    }

    [Fact]
    public async Task A_countdown_says_what_is_left_before_any_script_runs()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

        var alive = await Rendered.ElementAsync<Countdown>(("Now", now), ("Until", now.AddSeconds(65)), ("Text", "{clock} left"), ("OverText", "Expired"));
        var over = await Rendered.ElementAsync<Countdown>(("Now", now), ("Until", now), ("Text", "{clock} left"), ("OverText", "Expired"));

        Assert.Equal("1:05 left", alive.TextContent);
        Assert.Equal("Expired", over.TextContent);
    }

    [Fact]
    public async Task The_document_skips_to_the_content_and_says_whose_page_it_is()
    {
        var page = await Rendered.PageAsync<Document>(
            ("App", "platform"), ("Title", "Sign in"), ("SkipText", "Skip to content"), ("CloseText", "Close"), ("Theme", "dark"),
            ("Styles", (IReadOnlyList<string>)["/assets/tokens.css?v=1"]), ("Modules", (IReadOnlyList<string>)["/assets/copy.js?v=1"]));

        Assert.Equal("platform", page.DocumentElement.GetAttribute("data-app"));
        Assert.Equal("dark", page.DocumentElement.GetAttribute("data-theme"));
        Assert.Equal("#main", page.QuerySelector("body > a:first-child")!.GetAttribute("href"));
        Assert.Equal("module", page.QuerySelector("script")!.GetAttribute("type"));
        Assert.False(page.Body!.HasAttribute("data-live-url"));
    }
}
