using System.Net;
using Holdfast.Studio.Help.Audit;

namespace Holdfast.Specs.Studio.Help;

public sealed class AuditKitSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Every_point_of_the_checklist_and_every_scene_leads_to_a_screen_that_is_there()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var points = AuditKit.Checklist.SelectMany(group => group.Points).Concat(AuditKit.Scopes).Concat(AuditKit.Scenes).Select(point => point.Href).Distinct();

        foreach (var href in points.Where(href => !href.EndsWith("#account-part", StringComparison.Ordinal))) // that part needs a connected account; the journey sees it
        {
            var parts = href.Split('#');
            var page = await studio.PageAsync(parts[0]);
            Assert.True(parts.Length == 1 || page.GetElementById(parts[1]) is not null, $"{href} is not there");
        }
    }

    [Fact]
    public void The_kit_names_exactly_the_permissions_Studio_asks_TikTok_for() =>
        Assert.Equal(Holdfast.Studio.Accounts.Connect.StartConnect.Scopes, AuditKit.Scopes.Select(scope => scope.Key));

    [Theory]
    [InlineData("privacy-policy")]
    [InlineData("terms-of-service")]
    public async Task A_text_takes_what_is_filled_in_leaves_the_rest_as_a_visible_gap_and_goes_away_as_a_file(string name)
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        const string Query = "?company=Kiln+%26+Tide+%3Cb%3E&product=Tide+Planner&site=https%3A%2F%2Ftide.example&mail=%0D%0Ahello%40tide.example";

        var shown = (await studio.PageAsync("/help/audit/texts" + Query)).GetElementById($"{name}-text")!.TextContent;
        Assert.Contains("Kiln & Tide <b>", shown, StringComparison.Ordinal);
        Assert.Contains("22 November 2026", shown, StringComparison.Ordinal);
        Assert.Contains("[country]", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("{", shown, StringComparison.Ordinal);

        using var file = await studio.Http.GetAsync($"/help/audit/texts/{name}.md{Query}", TestContext.Current.CancellationToken);
        Assert.Equal(shown, await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(HttpStatusCode.NotFound, (await studio.Http.GetAsync("/help/audit/texts/other.md", TestContext.Current.CancellationToken)).StatusCode);
    }
}
