using Holdfast.Shell.Components;

namespace Holdfast.Specs.Shell.Components;

public sealed class FormSpecs
{
    [Fact]
    public async Task A_field_ties_its_label_hint_and_error_to_the_input_with_the_error_first()
    {
        var field = await Rendered.ElementAsync<Field>(
            ("Name", "email"), ("Label", "Email"), ("Hint", "We write only about your account."), ("Error", "Enter an address with an @."));

        var input = field.QuerySelector("input")!;
        Assert.Equal("email", field.QuerySelector("label")!.GetAttribute("for"));
        Assert.Equal("email", input.Id);
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        var described = input.GetAttribute("aria-describedby")!.Split(' ');
        Assert.Equal(
            ["Enter an address with an @.", "We write only about your account."],
            described.Select(id => field.QuerySelector($"#{id}")!.TextContent.Trim()));
    }

    [Fact]
    public async Task A_field_with_nothing_to_add_describes_nothing()
    {
        var input = (await Rendered.ElementAsync<Field>(("Name", "email"), ("Label", "Email"))).QuerySelector("input")!;

        Assert.False(input.HasAttribute("aria-describedby"));
        Assert.False(input.HasAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_select_with_a_prompt_chooses_nothing_for_the_person()
    {
        var select = await Rendered.ElementAsync<Select>(
            ("Name", "privacy"), ("Label", "Who can watch"), ("Prompt", "Choose…"), ("Required", true),
            ("Choices", (IReadOnlyList<Choice>)[new("PUBLIC_TO_EVERYONE", "Everyone"), new("SELF_ONLY", "Only me")]));

        Assert.Equal("", select.QuerySelector("option[selected]")!.GetAttribute("value"));
        Assert.True(select.QuerySelector("select")!.HasAttribute("required"));
    }

    [Fact]
    public async Task A_text_area_counts_as_tiktok_does_before_any_script_runs()
    {
        // A pot on the wheel is one sign to people and two UTF-16 units to TikTok.
        var area = await Rendered.ElementAsync<TextArea>(
            ("Name", "caption"), ("Label", "Caption"), ("Value", "Pot 🏺"), ("Limit", 5), ("CountText", "{count} of {limit}"));

        var output = area.QuerySelector("output")!;
        Assert.Equal("6 of 5", output.TextContent);
        Assert.True(output.HasAttribute("data-over"));
    }

    [Fact]
    public async Task A_text_area_keeps_a_leading_empty_line()
    {
        var area = await Rendered.ElementAsync<TextArea>(("Name", "caption"), ("Label", "Caption"), ("Value", "\nSecond line"));

        Assert.Equal("\nSecond line", area.QuerySelector("textarea")!.TextContent);
    }

    [Fact]
    public async Task A_checkbox_sends_its_own_value_and_is_named_by_its_label()
    {
        var box = await Rendered.ElementAsync<Checkbox>(
            ("Name", "scope"), ("Id", "scope-video-list"), ("Value", "video.list"), ("Label", "See your videos"), ("Checked", true));

        var input = box.QuerySelector("input")!;
        Assert.Equal("video.list", input.GetAttribute("value"));
        Assert.Equal("scope", input.GetAttribute("name"));
        Assert.Equal(input.Id, box.QuerySelector("label")!.GetAttribute("for"));
    }

    [Fact]
    public async Task A_button_with_an_address_is_a_link_and_without_one_submits()
    {
        var link = await Rendered.ElementAsync<Button>(("Href", "/posts"), ("ChildContent", Rendered.Text("Posts")));
        var button = await Rendered.ElementAsync<Button>(("ChildContent", Rendered.Text("Save")));

        Assert.Equal("A", link.TagName);
        Assert.Equal("submit", button.GetAttribute("type"));
        Assert.False(button.HasAttribute("disabled"));
    }
}
