using Holdfast.Journeys.Stage;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>Open pages stay true by themselves.</summary>
public sealed class LiveSpecs(House house)
{
    [Fact]
    public async Task What_changes_after_the_page_was_written_and_before_it_listens_is_shown_too()
    {
        const string Caption = "Written while nobody listened";
        await using var person = await house.Chromium.PersonAsync();
        var page = await person.EnterStudioAsync(house.Holdfast);
        var mayListen = new TaskCompletionSource();
        await page.RouteAsync("**/live", async route =>
        {
            await mayListen.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(house.Holdfast.Studio + "/posts?show=drafts");

        var other = await person.NewPageAsync();
        await other.GotoAsync(house.Holdfast.Studio + "/compose");
        await other.GetByLabel("Caption").FillAsync(Caption);
        await other.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = Caption })).ToBeVisibleAsync();
        await other.CloseAsync();
        mayListen.SetResult();

        await Assertions.Expect(page.GetByText(Caption)).ToBeVisibleAsync();
    }
}
