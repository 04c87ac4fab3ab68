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
        // Of its own and without a demo, so that nothing else has the page read again.
        await using var holdfast = await HoldfastProcess.EmptyAsync();
        var owner = await Web.SetUpAsync(holdfast);
        await using var person = await house.Chromium.PersonAsync();
        var page = await person.NewPageAsync();
        await page.GotoAsync(holdfast.Studio + "/sign-in");
        await page.Locator("input[name=username]").FillAsync(owner);
        await page.Locator("input[name=password]").FillAsync(Web.Password);
        await page.Locator("button[type=submit]:not([name])").First.ClickAsync();
        await page.HasLeftAsync("/sign-in");
        var mayListen = new TaskCompletionSource();
        await page.RouteAsync("**/live", async route =>
        {
            await mayListen.Task;
            await route.ContinueAsync();
        });
        await page.GotoAsync(holdfast.Studio + "/posts?show=drafts");

        var other = await person.NewPageAsync();
        await other.GotoAsync(holdfast.Studio + "/compose");
        await other.GetByLabel("Caption").FillAsync(Caption);
        await other.GetByRole(AriaRole.Button, new() { Name = "Save draft" }).ClickAsync();
        await Assertions.Expect(other.GetByRole(AriaRole.Heading, new() { Name = Caption })).ToBeVisibleAsync();
        await other.CloseAsync();
        mayListen.SetResult();

        await Assertions.Expect(page.GetByText(Caption)).ToBeVisibleAsync();
    }
}
