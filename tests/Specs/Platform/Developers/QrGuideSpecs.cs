using Holdfast.Platform;
using Holdfast.Specs.Platform.Authorize;

namespace Holdfast.Specs.Platform.Developers;

public sealed class QrGuideSpecs
{
    private const string Guide = "/developers/get-a-code/qr";

    [Fact]
    public async Task The_qr_guide_shows_a_code_says_where_it_stands_and_hands_the_authorization_code_out_once()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(platform.App);
        using var screen = platform.Visitor();
        using var phone = platform.Visitor();
        await phone.SubmitAsync(await phone.GetAsync("/login"), "/login/demo", ("username", "ada"));

        await screen.SubmitAsync(await screen.GetAsync(Guide), Guide + "/begin", ("client_key", "sbawdemoclient0001"));
        var shown = await screen.GetAsync(Guide);
        Assert.StartsWith("data:image/svg+xml;base64,", shown.Page.QuerySelector(".qr-picture")!.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Equal("new", (await screen.GetAsync(Guide + "/status")).Body);

        var page = await phone.GetAsync(new Uri(shown.Page.QuerySelector("#qr-link")!.TextContent).PathAndQuery);
        Assert.Equal(shown.Page.QuerySelector("#compare")!.TextContent, page.Page.QuerySelector("#compare")!.TextContent);
        Assert.Equal("scanned", (await screen.GetAsync(Guide + "/status")).Body);
        await phone.SubmitAsync(page, "/qr/answer", ("decision", "confirm"));

        const string check = Guide + "/check#check";
        var first = await screen.SubmitAsync(await screen.GetAsync(Guide), check);
        platform.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await screen.SubmitAsync(first, check);
        var (confirmed, utilised) = (new TokenReply(200, first.Page.QuerySelector("#check-answer")!.TextContent), new TokenReply(200, second.Page.QuerySelector("#check-answer")!.TextContent));
        Assert.Equal(("confirmed", "utilised"), (confirmed.Text("status"), utilised.Text("status")));
        var tokens = await platform.TokenAsync(
            ("client_key", "sbawdemoclient0001"), ("client_secret", "DemoSecret0123456789abcdef012345"), ("grant_type", "authorization_code"), ("code", confirmed.Text("code")),
            ("redirect_uri", confirmed.Text("redirect_uri").Split('?')[0]));
        Assert.Equal("user.info.basic,video.list", tokens.Text("scope"));
    }

    [Fact]
    public async Task Without_a_code_the_qr_guide_has_no_status_and_no_picture()
    {
        await using var platform = await PlatformUnderTest.StartAsync(demo: true);
        await PlatformApp.SeedDemoAsync(platform.App);
        using var screen = platform.Visitor();

        Assert.Equal(404, (await screen.GetAsync(Guide + "/status")).Status);
        Assert.Null((await screen.GetAsync(Guide)).Page.QuerySelector(".qr-picture"));
    }
}
