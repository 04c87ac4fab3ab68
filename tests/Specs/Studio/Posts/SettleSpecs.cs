using System.Net;
using Holdfast.Domain.Posts;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Posts;

/// <summary>What a person sees and can do when nobody knows whether TikTok took a post.</summary>
public sealed class SettleSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task P1_the_page_says_that_nobody_knows_and_offers_two_ways_out()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var id = await AskedAsync(studio);

        var page = await studio.PageAsync($"/posts/{id}");

        Assert.Contains("We do not know whether TikTok took this post", page.QuerySelector("#post-now .notice")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["It is there", "Publish again"], page.QuerySelectorAll("#post-actions form button").Select(button => button.TextContent.Trim()));
    }

    [Theory]
    [InlineData("settle-published", "SettledPublished", PostState.Published)]
    [InlineData("publish-again", "SettledNot", PostState.Scheduled)]
    public async Task P1_P12_each_way_out_works_once_however_often_it_is_pressed(string way, string cause, PostState first)
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var id = await AskedAsync(studio);
        var version = (await studio.FindAsync(id)).Version.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var answers = new List<string>();
        foreach (var press in new[] { way, way, way == "publish-again" ? "settle-published" : "publish-again" })
        {
            using var answer = await studio.PostAsync($"/posts/{id}", $"/posts/{id}/{press}", fields: ("version", version));
            Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
            answers.Add(answer.Headers.Location!.OriginalString);
        }

        Assert.Equal([$"/posts/{id}?said={way}", $"/posts/{id}?said=too-late", $"/posts/{id}?said=too-late"], answers);
        var settled = Assert.Single(await studio.Service<PostStore>().EventsAsync(studio.Workspace.Id, id), moment => moment.Cause.StartsWith("Settled", StringComparison.Ordinal));
        Assert.Equal((cause, first, "Maren Holt"), (settled.Cause, settled.State, settled.ByPerson));
        Assert.NotNull((await studio.PageAsync(answers[0])).QuerySelector("#history"));
    }

    private static async Task<string> AskedAsync(SignedInStudio studio)
    {
        var id = await studio.PostAsync(Now.AddDays(1));
        await studio.BringToAsync(id, PostState.Unconfirmed);
        return id;
    }
}
