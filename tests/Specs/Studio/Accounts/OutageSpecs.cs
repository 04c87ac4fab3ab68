using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Specs.Studio.Posts;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Scenario R20 from end to end: renewals, posts, banner and notices through two hours in which TikTok answers nobody.</summary>
public sealed class OutageSpecs
{
    private static readonly TimeSpan Outage = TimeSpan.FromHours(2);

    [Fact, Trait("scenario", "R20")]
    public async Task R20_two_hours_without_an_answer_are_one_incident_cost_no_account_and_posts_follow_the_late_rule()
    {
        await using var studio = await PublishingUnderTest.StartAsync();
        var accounts = new List<string> { studio.ConnectionId };
        for (var i = 2; i <= 8; i++)
            accounts.Add(await LiveConnection.AddAsync(studio.Services, studio.WorkspaceId, $"open-{i}", studio.Clock.GetUtcNow(), $"act.open-{i}", $"rft.open-{i}"));
        // Short tokens: each of them ends during the outage.
        await studio.Database.WriteAsync(session => session.RunAsync("update connection set access_ends_at = @ends, renew_at = @renew",
            new { ends = PublishingUnderTest.Start.AddMinutes(100), renew = PublishingUnderTest.Start.AddMinutes(20) }));
        var tooLate = await studio.ScheduleAsync(TimeSpan.FromMinutes(30), "too late");
        var late = await studio.ScheduleAsync(TimeSpan.FromMinutes(90), "late");
        var onTime = await studio.ScheduleAsync(TimeSpan.FromMinutes(150), "on time");
        studio.TikTok.Before = (path, request) => studio.Clock.GetUtcNow() < PublishingUnderTest.Start + Outage ? new(HttpStatusCode.ServiceUnavailable)
            : path == "/v2/oauth/token/" ? Tokens(request)
            : null;

        await RunAsync(studio, TimeSpan.FromMinutes(105));
        var open = Assert.Single(await Incidents(studio).OpenAsync());
        Assert.Equal((Incident.TikTokUnavailable, 8), (open.Cause, open.Felt));
        Assert.Equal([HoldReason.TikTokUnavailable, HoldReason.TikTokUnavailable], [(await studio.PostAsync(late)).Hold, (await studio.PostAsync(onTime)).Hold ?? HoldReason.TikTokUnavailable]);
        Assert.Equal(0, studio.TikTok.Inits);
        // One try at a time, two minutes apart at the most and a minute at the least once it has settled.
        Assert.InRange(studio.TikTok.Count("/v2/oauth/token/"), 40, 110);

        await RunAsync(studio, TimeSpan.FromMinutes(60));
        Assert.Empty(await Incidents(studio).OpenAsync());
        Assert.Equal((PostState.Held, HoldReason.Late), ((await studio.PostAsync(tooLate)).State, (await studio.PostAsync(tooLate)).Hold));
        Assert.Equal([PostState.Published, PostState.Published], [await studio.StateAsync(late), await studio.StateAsync(onTime)]);
        Assert.Equal(2, studio.TikTok.Inits);
        // The late one went out with the first answer, not when its own next try was due.
        Assert.InRange(studio.TikTok.Videos.Single(video => video.Title == "late").At, PublishingUnderTest.Start + Outage, PublishingUnderTest.Start + Outage + TimeSpan.FromMinutes(4));
        Assert.All(await studio.Services.GetRequiredService<ConnectionStore>().ListAsync(studio.WorkspaceId), row => Assert.Equal(("live", 0), (row.State, row.Failures)));

        var told = await studio.Database.ReadAsync(session => session.ListAsync<string>("select kind from notice where kind like 'Incident%' or kind = 'NeedsSignIn' order by made_at"));
        Assert.Equal(["IncidentBegan", "IncidentOver"], told);
        var past = Assert.Single(await Incidents(studio).PastAsync(PublishingUnderTest.Start, 10));
        Assert.InRange(past.EndedAt!.Value, PublishingUnderTest.Start + Outage, PublishingUnderTest.Start + Outage + TimeSpan.FromMinutes(3));
    }

    private static IncidentStore Incidents(PublishingUnderTest studio) => studio.Services.GetRequiredService<IncidentStore>();

    private static async Task RunAsync(PublishingUnderTest studio, TimeSpan time)
    {
        for (var until = studio.Clock.GetUtcNow() + time; studio.Clock.GetUtcNow() < until; studio.Clock.Advance(TimeSpan.FromSeconds(15)))
        {
            while (await studio.Services.GetRequiredService<RenewDue>().RunDueAsync(CancellationToken.None))
            {
            }
            await studio.WorkAsync();
        }
    }

    private static HttpResponseMessage Tokens(HttpRequestMessage request)
    {
        var openId = HttpUtility.ParseQueryString(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult())["refresh_token"] is ['r', 'f', 't', '.', .. var whose] && whose != "1" ? whose.Split('/')[0] : "open-1";
        return new(HttpStatusCode.OK)
        {
            Content = new StringContent(new JsonObject
            {
                ["access_token"] = $"act.{openId}/next",
                ["refresh_token"] = $"rft.{openId}/next",
                ["open_id"] = openId,
                ["expires_in"] = 86400,
                ["refresh_expires_in"] = 31536000,
                ["scope"] = "user.info.basic,video.publish,video.list",
                ["token_type"] = "Bearer",
            }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
        };
    }
}
