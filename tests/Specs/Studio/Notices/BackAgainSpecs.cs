using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.People.Letters;
using Holdfast.Specs.Storage;
using Holdfast.Specs.Studio.Posts;
using Holdfast.Storage;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Notices.Hooks;
using Holdfast.Studio.Posts;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>What was settled and is back is told again; what is still the same is not.</summary>
public sealed class BackAgainSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R19")]
    public async Task R19_an_incident_that_is_back_within_the_hour_is_open_again_and_a_server_that_was_told_of_its_end_hears_so(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await studio.Studio.Get<HookStore>().SetAsync(studio.Workspace, studio.Studio.Owner, "https://maren.example.test/hook");
        var id = await studio.ConnectAsync();
        await RaiseAsync(studio, id);
        await studio.WorkAsync();
        await EndAsync(studio);
        await studio.WorkAsync();
        studio.Clock.Advance(TimeSpan.FromMinutes(20));

        await RaiseAsync(studio, id);
        await RaiseAsync(studio, id); // another account, or the next try
        await studio.WorkForAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));
        Assert.Equal([Occasion.IncidentBegan], (await studio.ListAsync(onlyNew: true)).Select(notice => notice.Kind));
        await EndAsync(studio);
        await studio.WorkForAsync(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1));

        Assert.Equal(["incident_began", "incident_over", "incident_began", "incident_over"], studio.Calls.Taken.Select(call => (string?)call.Json["event"]));
        Assert.Equal(4, studio.Calls.Taken.Select(call => call.DeliveryId).Distinct().Count()); // a receiver that knows an id already would not look
        Assert.Single(studio.Mail.Taken); // who has the letter, and no other since, gets none again
        Assert.Equal([Occasion.IncidentOver], (await studio.ListAsync(onlyNew: true)).Select(notice => notice.Kind));
    }

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R19")]
    public async Task R19_what_was_taken_back_at_an_incidents_end_goes_out_when_it_is_back(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await studio.Studio.Get<HookStore>().SetAsync(studio.Workspace, studio.Studio.Owner, "https://maren.example.test/hook");
        (studio.Mail.Answer, studio.Calls.Problem) = (_ => new SmtpOutcome.Unknown("451"), "503");
        var id = await studio.ConnectAsync();
        await RaiseAsync(studio, id);
        await studio.WorkAsync();
        await EndAsync(studio);
        await studio.WorkAsync();
        studio.Clock.Advance(TimeSpan.FromMinutes(20));

        await RaiseAsync(studio, id);
        (studio.Mail.Answer, studio.Calls.Problem) = (_ => null, null);
        await studio.WorkForAsync(TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(5));

        Assert.Equal("incident_began", (string?)Assert.Single(studio.Calls.Taken).Json["event"]);
        Assert.Contains("TikTok does not accept", Assert.Single(studio.Mail.Taken).Subject, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task S2_a_late_post_that_nobody_answers_does_not_silence_the_next_and_all_are_settled_with_the_last(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        var forgotten = await studio.ScheduleAsync(TimeSpan.FromMinutes(1));
        studio.Clock.Advance(TimeSpan.FromDays(2));
        await studio.WorkAsync();
        var next = await studio.ScheduleAsync(TimeSpan.FromMinutes(1), caption: "A bowl");
        var same = await studio.ScheduleAsync(TimeSpan.FromMinutes(2), caption: "A cup");
        studio.Clock.Advance(TimeSpan.FromDays(2));
        await studio.WorkAsync();

        Assert.Equal([null, null], (await AheadSpecs.NoticesAsync(studio)).Select(notice => notice.SolvedAt));
        foreach (var id in (string[])[next, same, forgotten])
        {
            Assert.All(await AheadSpecs.NoticesAsync(studio), notice => Assert.Null(notice.SolvedAt));
            await studio.Posts.CancelAsync(studio.WorkspaceId, id, (await studio.PostAsync(id)).Version, "Maren");
        }
        Assert.All(await AheadSpecs.NoticesAsync(studio), notice => Assert.NotNull(notice.SolvedAt));
    }

    // The second sees nothing of the first before its commit. SQLite's one writer makes them wait by itself.
    [Fact]
    public async Task S2_a_post_that_becomes_late_while_the_last_late_one_is_answered_is_not_settled_with_it()
    {
        Assert.SkipWhen(DatabaseUnderTest.PostgresServer is null, "Needs the PostgreSQL that ./test starts.");
        await using var studio = await PublishingUnderTest.StartAsync(Engine.PostgreSql);
        var first = await studio.ScheduleAsync(TimeSpan.FromMinutes(1));
        studio.Clock.Advance(TimeSpan.FromDays(2));
        await studio.WorkAsync();
        var second = await studio.ScheduleAsync(TimeSpan.FromMinutes(1));
        var (reached, gate) = (new TaskCompletionSource(), new TaskCompletionSource());

        var becomesLate = studio.Database.WriteAsync(async session =>
        {
            var before = (await PostRows.HoldAsync(session, studio.WorkspaceId, second))!;
            var change = before.Post.HoldFor(HoldReason.Late, new PostContext(studio.Clock.GetUtcNow(), LateRule.Default));
            await studio.Services.GetRequiredService<PostRows>().SaveAsync(session, before, before.With(change.Post), studio.Clock.GetUtcNow(), change.Entry, take: true);
            reached.SetResult();
            await gate.Task;
        });
        await reached.Task;
        var answered = studio.Posts.CancelAsync(studio.WorkspaceId, first, (await studio.PostAsync(first)).Version, "Maren");
        await Task.WhenAny(answered, Task.Delay(TimeSpan.FromMilliseconds(500), TestClock.System));
        gate.SetResult();
        await Task.WhenAll(becomesLate, answered);

        Assert.Null(Assert.Single(await AheadSpecs.NoticesAsync(studio)).SolvedAt);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_wait_that_ended_and_is_back_is_told_again(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        await studio.ScheduleAsync(TimeSpan.FromHours(3));

        for (var times = 1; times <= 3; times++)
        {
            await studio.EndAsync(HoldReason.MissingScope);
            var told = await AheadSpecs.NoticesAsync(studio);
            Assert.Equal((times, 1), (told.Count, told.Count(notice => notice.SolvedAt is null)));
            await studio.ReconnectAsync();
            Assert.All(await AheadSpecs.NoticesAsync(studio), notice => Assert.NotNull(notice.SolvedAt));
            studio.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task S10_what_a_look_ahead_found_and_finds_again_after_it_was_put_right_is_told_again(Engine engine)
    {
        await using var studio = await PublishingUnderTest.StartAsync(engine);
        await studio.ScheduleAsync(TimeSpan.FromHours(25), privacy: "MUTUAL_FOLLOW_FRIENDS");
        studio.TikTok.PrivacyOptions = ["PUBLIC_TO_EVERYONE"];
        await AheadSpecs.LookForAsync(studio, TimeSpan.FromHours(2));
        Assert.Single(await AheadSpecs.NoticesAsync(studio));

        for (var times = 2; times <= 3; times++)
        {
            studio.TikTok.PrivacyOptions = ["MUTUAL_FOLLOW_FRIENDS"];
            await LookAgainAsync(studio);
            Assert.All(await AheadSpecs.NoticesAsync(studio), notice => Assert.NotNull(notice.SolvedAt));
            studio.TikTok.PrivacyOptions = ["PUBLIC_TO_EVERYONE"];
            await LookAgainAsync(studio);
            await LookAgainAsync(studio); // the same finding
            Assert.Equal((times, 1), ((await AheadSpecs.NoticesAsync(studio)).Count, (await AheadSpecs.NoticesAsync(studio)).Count(notice => notice.SolvedAt is null)));
        }
    }

    private static async Task LookAgainAsync(PublishingUnderTest studio)
    {
        await studio.Database.WriteAsync(session => session.RunAsync("update post set precheck_at = @now", new { now = studio.Clock.GetUtcNow() }));
        await AheadSpecs.LookForAsync(studio, TimeSpan.FromMinutes(15));
    }

    private static Task RaiseAsync(NoticesUnderTest studio, string id) =>
        studio.Database.WriteAsync(session => studio.Studio.Get<IncidentStore>().RaiseAsync(session, new Incident("invalid_client", null), id, studio.Clock.GetUtcNow()));

    private static Task EndAsync(NoticesUnderTest studio) => studio.Database.WriteAsync(session => studio.Studio.Get<IncidentStore>().EndAsync(session, "invalid_client", studio.Clock.GetUtcNow()));
}
