using Holdfast.Studio.Accounts;
using Holdfast.TikTok;

namespace Holdfast.Specs.Studio.Help;

public sealed class HelpSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Help_leads_to_every_guide_and_each_guide_to_all_of_its_sections()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        var guides = (await studio.PageAsync("/help")).QuerySelectorAll("main a[href^='/help/']").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Equal(["/help/trouble", "/help/connecting-an-account", "/help/getting-a-code", "/help/audit"], guides);
        foreach (var guide in guides.Skip(1).Append("/help/audit/run").Append("/help/audit/texts"))
        {
            var page = await studio.PageAsync(guide);
            var jumps = page.QuerySelectorAll(".guide-contents a").Select(link => link.GetAttribute("href")![1..]).ToList();
            Assert.Equal(page.QuerySelectorAll(".guide-text > section").Select(section => section.Id), jumps);
            Assert.All(page.QuerySelectorAll(".guide-text h2"), title => Assert.NotEmpty(title.TextContent));
        }
    }

    [Fact]
    public async Task A_guide_shows_no_key_instead_of_a_sentence()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        foreach (var path in new[] { "/help", "/help/trouble", "/help/trouble/popup?script=off", "/help/connecting-an-account", "/help/getting-a-code", "/help/audit", "/help/audit/run" })
            Assert.DoesNotContain("help.", (await studio.PageAsync(path)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_portal_is_offered_where_the_other_end_is_our_own_Platform_and_never_for_TikTok_itself()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        Assert.Null(await PortalAsync(studio));

        await studio.Service<StudioTikTok>().SaveAsync(TikTokEndpoints.Default, new ClientCredentials("key", new ClientSecret("secret")));
        Assert.Null(await PortalAsync(studio));

        await studio.Service<StudioTikTok>().SaveAsync(new TikTokEndpoints(new Uri("http://localhost:7500/"), new Uri("http://localhost:7500/")), new ClientCredentials("key", new ClientSecret("secret")));
        Assert.Equal("http://localhost:7500/developers/get-a-code", await PortalAsync(studio));
    }

    private static async Task<string?> PortalAsync(SignedInStudio studio) =>
        (await studio.PageAsync("/help/getting-a-code")).QuerySelector("#page a")?.GetAttribute("href");
}
