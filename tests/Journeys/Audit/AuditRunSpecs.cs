using System.Text.RegularExpressions;
using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys.Audit;

/// <summary>The run that TikTok's reviewers want to see, scene by scene, as the page /help/audit/run tells it. <c>demo/record-audit-run</c> makes a video of it.</summary>
public sealed partial class AuditRunSpecs(House house)
{
    private const string Person = "Rosa Imbert";
    private readonly HoldfastProcess holdfast = house.Holdfast;

    [Fact]
    public async Task All_ten_scenes_of_the_review_can_be_played_as_the_run_tells_them()
    {
        await using var person = await house.Chromium.PersonAsync(1280);
        var page = await person.EnterStudioAsync(holdfast, "/help/audit/run");
        var scenes = await ScenesAsync(page);
        Assert.Equal(10, scenes.Count);
        await Look.AtAsync(page, "studio-audit-run");

        await using var recorder = new Recorder(Environment.GetEnvironmentVariable("HOLDFAST_RECORD"));
        await recorder.FollowAsync(page);
        var scene = scenes.GetEnumerator();
        async Task NextAsync(IPage where)
        {
            Assert.True(scene.MoveNext());
            await recorder.SayAsync(where, scene.Current);
        }

        await page.GotoAsync(holdfast.Studio);
        await NextAsync(page);
        await page.GotoAsync(holdfast.Studio + "/accounts");
        await NextAsync(page);
        await ConnectAsync(page, recorder);
        await NextAsync(page);
        await SeeProfileAsync(page);

        await page.ComposeAsync(holdfast, Person, "Glazed on Monday, opened on Thursday #kilnandtide");
        await NextAsync(page);
        await Assertions.Expect(page.Locator("#account-part [data-nickname]")).ToContainTextAsync(Person);
        await Assertions.Expect(page.Locator("#preview video")).ToBeVisibleAsync();
        await page.Locator("#account-part").ScrollIntoViewIfNeededAsync();
        await NextAsync(page);
        foreach (var name in new[] { "Comment", "Duet", "Stitch" })
            await Assertions.Expect(page.GetByLabel(name, new() { Exact = true })).Not.ToBeCheckedAsync();
        await page.Locator("#commercial").ScrollIntoViewIfNeededAsync();
        await NextAsync(page);
        await DiscloseAsync(page);
        await NextAsync(page);
        await Assertions.Expect(page.Locator("#consent")).ToContainTextAsync("Music Usage Confirmation");
        await page.GetByText("Now", new() { Exact = true }).ClickAsync();
        await NextAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish now" }).Last.ClickAsync();
        await SeeResultAsync(page);
        await NextAsync(page);
        await LeaveAsync(page, () => NextAsync(page));
        Assert.False(scene.MoveNext());
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_checklist_and_the_texts_are_readable_on_every_screen(int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.EnterStudioAsync(holdfast, "/help/audit");
        await Look.AtAsync(page, "studio-audit");
        await page.GetByRole(AriaRole.Link, new() { Name = "See the texts" }).ClickAsync();
        await page.GetByLabel("Who runs the tool").FillAsync("Kiln & Tide");
        await page.GetByRole(AriaRole.Button, new() { Name = "Fill in the texts" }).ClickAsync();
        await Assertions.Expect(page.Locator("#privacy-policy-text")).ToContainTextAsync("Kiln & Tide runs [product]");
        await Look.AtAsync(page, "studio-audit-texts");
    }

    private static async Task<List<string>> ScenesAsync(IPage page) =>
        [.. (await page.Locator("section[id^=scene-] h2").AllInnerTextsAsync()).Zip(await page.Locator("section[id^=scene-] dl dd:last-of-type").AllInnerTextsAsync(), (title, say) => $"{title} — {say}")];

    private static async Task ConnectAsync(IPage page, Recorder recorder)
    {
        var popup = await page.OpenPopupAsync("Connect TikTok account");
        await popup.SignUpAsync("rosa.imbert", Person);
        await recorder.FollowAsync(popup);
        await Assertions.Expect(popup.AuthorizeButton()).ToBeVisibleAsync();
        await recorder.SayAsync(popup, "The account's owner grants each permission.");
        await recorder.FollowAsync(page);
        await popup.AnswerAsync("Authorize");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = Person, Exact = true })).ToBeVisibleAsync();
    }

    private static async Task SeeProfileAsync(IPage page)
    {
        await Assertions.Expect(page.Locator("#account")).ToContainTextAsync("@rosa.imbert");
        await Assertions.Expect(page.GetByRole(AriaRole.List, new() { Name = "Figures" })).ToContainTextAsync("followers");
    }

    private static async Task DiscloseAsync(IPage page)
    {
        var button = page.Locator("#schedule");
        await page.GetByText("This post promotes something", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-disabled", "true");
        await page.GetByText("Branded content", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#consent-branded")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("select[name=privacy] option[value=SELF_ONLY]")).ToBeDisabledAsync();
        await page.GetByText("This post promotes something", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(button).Not.ToHaveAttributeAsync("aria-disabled", "true");
    }

    private static async Task SeeResultAsync(IPage page)
    {
        await page.WaitForURLAsync(PostPage());
        await Assertions.Expect(page.Locator("#post-now [data-state=published]")).ToBeVisibleAsync(new() { Timeout = 180_000 });
        await Assertions.Expect(page.Locator("#agreed")).ToContainTextAsync("Music Usage Confirmation");
    }

    private async Task LeaveAsync(IPage page, Func<Task> nextAsync)
    {
        await page.GotoAsync(holdfast.Studio + "/accounts");
        await page.GetByRole(AriaRole.Link, new() { Name = Person, Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Disconnect" }).ClickAsync();
        await nextAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Assertions.Expect(page.Locator(".card", new() { Has = page.GetByRole(AriaRole.Link, new() { Name = Person, Exact = true }) }).Locator("[data-state=disconnected]")).ToBeVisibleAsync();
    }

    [GeneratedRegex("/posts/[0-9a-z]{26}")]
    private static partial Regex PostPage();
}
