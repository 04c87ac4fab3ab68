using Holdfast.Journeys.Stage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Playwright;

namespace Holdfast.Journeys;

/// <summary>What an app prepares for a creator, and posts for them, seen and finished by the creator.</summary>
public sealed class PostingSpecs(House house)
{
    [Fact]
    public async Task A_creator_finishes_a_draft_and_looks_through_photos_an_app_posted()
    {
        await using var media = await ServeAsync();
        // The pictures' host is nobody's here; whoever owns an address is another journey.
        await using var holdfast = await HoldfastProcess.UpWithAsync(("HOLDFAST_Platform__Outside__AllowUnverified", "true"));
        await WalkAsync(holdfast, media, "ada", 1440);
        await WalkAsync(holdfast, media, "chidi", 390);
    }

    private async Task WalkAsync(HoldfastProcess holdfast, WebApplication media, string name, int width)
    {
        await using var person = await house.Chromium.PersonAsync(width);
        var page = await person.NewPageAsync();
        var app = await PostingApp.LetInAsync(holdfast, page, name);
        await FinishDraftAsync(holdfast, page, app);
        await LookThroughPhotosAsync(holdfast, page, app, name, media.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()); // it has started
        await DiscardAsync(holdfast, page, app);
    }

    private static async Task FinishDraftAsync(HoldfastProcess holdfast, IPage page, PostingApp app)
    {
        var draft = await app.DraftAsync(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "demo", "clips", "glaze.mp4")));
        await app.ReachesAsync(draft, "SEND_TO_USER_INBOX");
        await page.GotoAsync(holdfast.Platform);
        await page.GetByRole(AriaRole.Link, new() { Name = "Inbox" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Demo app sent a video draft" })).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-inbox-waiting");
        await page.GetByRole(AriaRole.Link, new() { Name = "Finish it" }).ClickAsync();
        await Look.AtAsync(page, "platform-draft");
        await Look.AtNightAsync(page, "platform-draft");

        await page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Choose who can see it.")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-draft-problem");
        await page.GetByLabel("Caption").FillAsync("Celadon, at last #glaze");
        await page.GetByLabel("Who can see this").SelectOptionAsync(new SelectOptionValue { Label = "Everyone" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Post", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByText("Celadon, at last")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("video")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-own-post");
        await app.ReachesAsync(draft, "PUBLISH_COMPLETE");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete for good" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The post is deleted.")).ToBeVisibleAsync();
    }

    private static async Task LookThroughPhotosAsync(HoldfastProcess holdfast, IPage page, PostingApp app, string name, string address)
    {
        var photos = await app.PhotosAsync("DIRECT_POST", "Two bowls, one lid", "Out of the kiln this morning #kiln", address + "/glaze.jpg", address + "/kiln.jpg", address + "/wheel.jpg");
        await app.ReachesAsync(photos, "PUBLISH_COMPLETE");
        await page.GotoAsync($"{holdfast.Platform}/@{name}");
        await Look.AtAsync(page, "platform-profile-photos");
        await page.GetByRole(AriaRole.Link, new() { Name = "Two bowls, one lid" }).ClickAsync();
        await Assertions.Expect(page.Locator("#photo-1 img")).ToBeInViewportAsync();
        Assert.True(await page.Locator("#photo-1 img").EvaluateAsync<bool>("picture => picture.decode().then(() => picture.naturalWidth > 0)"));
        await Look.AtAsync(page, "platform-photos");
        await Look.AtNightAsync(page, "platform-photos");

        await page.GetByRole(AriaRole.Link, new() { Name = "On to photo 2" }).ClickAsync();
        await Assertions.Expect(page.Locator("#photo-2 img")).ToBeInViewportAsync(new() { Ratio = .3f });
        await Assertions.Expect(page.Locator("#photo-1 img")).Not.ToBeInViewportAsync();
        // And by the arrow keys alone.
        await page.Locator(".photos-strip").FocusAsync();
        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(page.Locator("#photo-1 img")).ToBeInViewportAsync(new() { Ratio = .3f });
        await page.GetByLabel("Who can see this").SelectOptionAsync(new SelectOptionValue { Label = "Only you" });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Saved.")).ToBeVisibleAsync();
    }

    private static async Task DiscardAsync(HoldfastProcess holdfast, IPage page, PostingApp app)
    {
        var draft = await app.DraftAsync(await File.ReadAllBytesAsync(Path.Combine(Repository.Root, "demo", "clips", "kiln.mp4")));
        await app.ReachesAsync(draft, "SEND_TO_USER_INBOX");
        await page.GotoAsync(holdfast.Platform + "/inbox");
        await page.GetByRole(AriaRole.Link, new() { Name = "Finish it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Discard" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The draft is discarded.")).ToBeVisibleAsync();
        await Look.AtAsync(page, "platform-inbox-done");
    }

    private static async Task<WebApplication> ServeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var media = builder.Build();
        media.MapGet("/{name}", (string name) => TypedResults.PhysicalFile(Path.Combine(Repository.Root, "demo", "clips", Path.GetFileName(name))));
        await media.StartAsync();
        return media;
    }
}
