using Holdfast.People.Letters;
using Holdfast.Shell.Hosting;
using Holdfast.Shell.Sealing;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Notices.Hooks;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>Scenarios N of failure-scenarios.md: people are told once, through every channel they chose, and nobody is forgotten.</summary>
public sealed class TellingSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines))]
    public async Task N1_a_lost_sign_in_is_told_once_through_each_channel_whoever_of_two_nodes_is_quicker(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await using var other = await NoticesUnderTest.StartAsync(engine, studio);
        await studio.Studio.Get<HookStore>().SetAsync(studio.Workspace, studio.Studio.Owner, "https://maren.example.test/hook");
        var id = await studio.ConnectAsync();
        await studio.LoseAsync(id);

        for (var round = 0; round < 3; round++)
        {
            await Task.WhenAll(studio.WorkAsync(), other.WorkAsync());
            studio.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        var notice = Assert.Single(await studio.ListAsync());
        Assert.Equal((Occasion.NeedsSignIn, "RefreshRefused", id, "log-invalid_grant"), (notice.Kind, notice.Cause, notice.ConnectionId, notice.LogId));
        var mail = Assert.Single(studio.Mail.Tried);
        Assert.Equal(NoticesUnderTest.Owner, mail.To);
        Assert.Contains("Ada needs somebody to sign in again", mail.Subject, StringComparison.Ordinal);
        Assert.Contains($"/accounts/{id}", mail.Body, StringComparison.Ordinal);
        var call = Assert.Single(studio.Calls.Tried);
        Assert.Equal(("needs_sign_in", "RefreshRefused", "Ada"), ((string?)call.Json["event"], (string?)call.Json["cause"], (string?)call.Json["account"]));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task N1_the_same_cause_reported_again_is_no_second_notice(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var news = new NewNotice(studio.Workspace, Occasion.IncidentBegan, "incident:1") { Cause = "invalid_client" };

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => studio.Database.WriteAsync(session => studio.Studio.Get<NoticeQueue>().AddAsync(session, news))));
        await studio.WorkAsync();
        studio.Clock.Advance(TimeSpan.FromMinutes(1));
        await studio.Database.WriteAsync(session => studio.Studio.Get<NoticeQueue>().AddAsync(session, new(studio.Workspace, Occasion.IncidentOver, "incident:1:over") { Solves = news.Key }));
        await studio.Database.WriteAsync(session => studio.Studio.Get<NoticeQueue>().AddAsync(session, news));
        await studio.WorkAsync();

        Assert.Equal([Occasion.IncidentOver, Occasion.IncidentBegan], (await studio.ListAsync()).Select(notice => notice.Kind));
        Assert.Equal([Occasion.IncidentOver], (await studio.ListAsync(onlyNew: true)).Select(notice => notice.Kind));
        Assert.Single(studio.Mail.Taken);
    }

    [Fact]
    public async Task N1_a_power_cut_between_sending_and_noting_repeats_the_letter_under_the_same_id()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        await studio.LoseAsync(await studio.ConnectAsync());
        studio.Mail.Answer = _ =>
        {
            studio.Studio.Outage.Last(TimeSpan.FromSeconds(1)); // the letter is out, and nobody lives to note it
            return null;
        };
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(studio.WorkAsync);

        studio.Mail.Answer = _ => null;
        studio.Clock.Advance(TimeSpan.FromSeconds(2));
        await studio.WorkForAsync(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1));

        Assert.Equal(2, studio.Mail.Taken.Count);
        Assert.Single(studio.Mail.Taken.Select(mail => mail.Id).Distinct());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task N2_with_the_mail_server_down_it_stands_in_the_app_at_once_and_the_letter_is_kept_said_so_and_delivered_later(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        studio.Mail.Answer = _ => new SmtpOutcome.Unknown("SocketException");
        await studio.LoseAsync(await studio.ConnectAsync());
        Assert.Single(await studio.ListAsync(onlyNew: true)); // before any worker ran

        await studio.WorkForAsync(TimeSpan.FromHours(5), TimeSpan.FromMinutes(10));
        var waiting = Assert.Single(await studio.Studio.Get<NoticeStore>().WaitingAsync(studio.Workspace));
        Assert.Equal(("Maren Holt", "SocketException"), (waiting.PersonName, waiting.Problem));
        Assert.True(waiting.LetterAt > studio.Clock.GetUtcNow());

        studio.Mail.Answer = _ => null;
        await studio.WorkForAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(10));
        Assert.Single(studio.Mail.Taken);
        Assert.Empty(await studio.Studio.Get<NoticeStore>().WaitingAsync(studio.Workspace));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task N3_when_nobody_has_solved_it_in_a_day_a_second_person_is_told_once(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await studio.LoseAsync(await studio.ConnectAsync());
        await studio.WorkAsync();
        var notice = Assert.Single(await studio.ListAsync());
        await studio.Studio.Get<NoticeStore>().ReadAsync(studio.Workspace, studio.Studio.Owner, notice.Id); // seen on a beach, and nothing done

        await studio.WorkForAsync(TimeSpan.FromHours(23), TimeSpan.FromHours(1));
        Assert.Equal([NoticesUnderTest.Owner], studio.Mail.Taken.Select(mail => mail.To));
        await studio.WorkForAsync(TimeSpan.FromHours(72), TimeSpan.FromHours(1));

        Assert.Equal([NoticesUnderTest.Owner, NoticesUnderTest.Jonas], studio.Mail.Taken.Select(mail => mail.To));
        Assert.StartsWith("Nobody has solved this since", studio.Mail.Taken[1].Body, StringComparison.Ordinal);
        Assert.NotNull(Assert.Single(await studio.ListAsync()).EscalatedAt);
    }

    [Fact]
    public async Task N3_the_named_person_comes_first_and_a_workspace_may_do_without()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        var settings = studio.Studio.Get<NoticeSettings>();
        Assert.False(await settings.SaveRulesAsync(studio.Workspace, await studio.JonasIdAsync(), new Rules { LateMinutes = 0 })); // not the owner
        Assert.True(await settings.SaveRulesAsync(studio.Workspace, studio.Studio.Owner, new Rules { LateMinutes = 60, EscalateHours = null }));
        await studio.LoseAsync(await studio.ConnectAsync());

        await studio.WorkForAsync(TimeSpan.FromHours(60), TimeSpan.FromHours(2));

        Assert.Equal([NoticesUnderTest.Owner], studio.Mail.Taken.Select(mail => mail.To));
    }

    [Fact]
    public async Task N3_where_no_letter_can_go_out_no_second_person_was_told()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        await studio.LoseAsync(await studio.ConnectAsync());
        var (app, clock) = (new AppOptions { Url = new("https://studio.example.test"), Data = studio.Studio.Data }, studio.Clock);
        var nowhere = new LetterBox(studio.Database, studio.Studio.Get<Ulids>(), studio.Studio.Get<SecretSeal>(), app, Options.Create(new MailOptions()), clock);
        Assert.Equal(Delivery.None, nowhere.Delivery);
        var tell = new TellDue(studio.Database, nowhere, studio.Studio.Get<Ulids>(), clock, NullLogger<TellDue>.Instance);

        Assert.True(await tell.RunDueAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromHours(25));
        Assert.True(await tell.RunDueAsync(CancellationToken.None));

        Assert.Null(Assert.Single(await studio.ListAsync()).EscalatedAt);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task N3_signing_in_again_ends_the_escalation_and_takes_back_what_was_not_delivered(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        await studio.Studio.Get<HookStore>().SetAsync(studio.Workspace, studio.Studio.Owner, "https://maren.example.test/hook");
        studio.Mail.Answer = _ => new SmtpOutcome.Unknown("451");
        studio.Calls.Problem = "503";
        var id = await studio.ConnectAsync();
        await studio.LoseAsync(id);
        await studio.WorkAsync();

        await studio.ConnectAsync(reconnect: id);
        studio.Mail.Answer = _ => null;
        studio.Calls.Problem = null;
        await studio.WorkForAsync(TimeSpan.FromHours(30), TimeSpan.FromHours(1));

        Assert.Empty(studio.Mail.Taken);
        Assert.Empty(studio.Calls.Taken);
        Assert.Empty(await studio.ListAsync(onlyNew: true));
        Assert.NotNull(Assert.Single(await studio.ListAsync()).SolvedAt);
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task N3_a_letter_that_is_on_the_wire_while_somebody_signs_in_again_is_not_tried_again(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var id = await studio.ConnectAsync();
        await studio.LoseAsync(id);
        studio.Mail.Answer = _ =>
        {
            studio.ConnectAsync(reconnect: id).GetAwaiter().GetResult();
            return new SmtpOutcome.Unknown("no answer in time");
        };

        await studio.WorkForAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(10));

        Assert.Single(studio.Mail.Tried);
        Assert.Empty(await studio.Studio.Get<NoticeStore>().WaitingAsync(studio.Workspace));
    }

    [Fact]
    public async Task N5_no_token_and_no_secret_is_in_what_leaves_the_house()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        var secret = await studio.Studio.Get<HookStore>().SetAsync(studio.Workspace, studio.Studio.Owner, "https://maren.example.test/hook");
        var id = await studio.ConnectAsync();
        var token = await studio.Studio.StoredAccessTokenAsync(id);
        await studio.LoseAsync(id);
        await studio.WorkAsync();

        var said = string.Join('\n', [Assert.Single(studio.Mail.Taken).Body, Assert.Single(studio.Calls.Taken).Body, Assert.Single(studio.Calls.Taken).Signature]);
        Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain(token, said, StringComparison.Ordinal);
        Assert.DoesNotContain("rft.", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_hear_of_what_is_theirs_and_of_what_they_chose()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        var settings = studio.Studio.Get<NoticeSettings>();
        await settings.SaveChoicesAsync(studio.Workspace, studio.Studio.Owner, new Dictionary<Occasion, MailChoice> { [Occasion.NeedsSignIn] = MailChoice.None }, null);
        await settings.SaveChoicesAsync(studio.Workspace, await studio.JonasIdAsync(), new Dictionary<Occasion, MailChoice> { [Occasion.NeedsSignIn] = MailChoice.All }, null);
        await studio.LoseAsync(await studio.ConnectAsync());

        await studio.WorkAsync();

        Assert.Equal([NoticesUnderTest.Jonas], studio.Mail.Taken.Select(mail => mail.To));
        Assert.Single(await studio.ListAsync(onlyNew: true)); // in the app it stands for everybody
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_member_who_is_no_owner_goes_on_hearing_of_what_is_theirs_whatever_else_they_choose(Engine engine)
    {
        await using var studio = await NoticesUnderTest.StartAsync(engine);
        var (settings, jonas) = (studio.Studio.Get<NoticeSettings>(), await studio.JonasIdAsync());
        var theirs = await studio.ConnectAsync();
        await studio.Database.WriteAsync(session => session.RunAsync("update connection set connected_by = @jonas where id = @theirs", new { jonas, theirs }));
        await settings.SaveChoicesAsync(studio.Workspace, jonas, new Dictionary<Occasion, MailChoice>(), new HashSet<Occasion> { Occasion.PostFailed });
        Assert.Equal((MailChoice.Theirs, false), (await settings.FindAsync(studio.Workspace, jonas)).Wants[Occasion.NeedsSignIn]);

        await studio.LoseAsync(theirs);
        await AddAsync(Occasion.Restricted, null); // somebody else's
        await studio.WorkAsync();
        Assert.Contains("needs somebody to sign in again", Assert.Single(studio.Mail.Taken, mail => mail.To == NoticesUnderTest.Jonas).Subject, StringComparison.Ordinal);

        await settings.SaveChoicesAsync(studio.Workspace, jonas, new Dictionary<Occasion, MailChoice> { [Occasion.EndingSoon] = MailChoice.None, [Occasion.Restricted] = MailChoice.All }, null);
        await AddAsync(Occasion.EndingSoon, theirs);
        await AddAsync(Occasion.Restricted, null);
        await studio.WorkAsync();
        Assert.Equal(2, studio.Mail.Taken.Count(mail => mail.To == NoticesUnderTest.Jonas));

        Task AddAsync(Occasion kind, string? connection) => studio.Database.WriteAsync(session => studio.Studio.Get<NoticeQueue>().AddAsync(
            session, new NewNotice(studio.Workspace, kind, studio.Studio.Get<Ulids>().Next()) { ConnectionId = connection, Cause = "Banned", Facts = ["3"] }));
    }

    [Fact]
    public async Task Quiet_hours_keep_a_letter_until_they_end()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        await studio.LoseAsync(await studio.ConnectAsync());
        var now = TimeOnly.FromDateTime(studio.Clock.GetUtcNow().UtcDateTime);
        await studio.Studio.Get<NoticeSettings>().SaveQuietAsync(studio.Workspace, studio.Studio.Owner, new(now.AddHours(-1), now.AddHours(2), "UTC"));

        await studio.WorkForAsync(TimeSpan.FromMinutes(110), TimeSpan.FromMinutes(10));
        Assert.Empty(studio.Mail.Tried);
        Assert.Equal("Maren Holt", Assert.Single(await studio.Studio.Get<NoticeStore>().WaitingAsync(studio.Workspace)).PersonName);
        await studio.WorkForAsync(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(10));

        Assert.Single(studio.Mail.Taken);
    }

    [Theory]
    [InlineData(null, 7)]
    [InlineData(9, 7)]
    [InlineData(6, 0)]
    public void What_would_be_of_no_use_after_the_quiet_hours_is_told_in_them(int? usefulForHours, int hours)
    {
        var now = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(now.AddHours(hours), NoticeRule.LetterAt(now, new(new(22, 0), new(7, 0), "UTC"), usefulForHours is { } useful ? now.AddHours(useful) : null));
    }

    [Fact]
    public async Task A_member_who_has_left_gets_no_letter_that_was_still_to_be_written()
    {
        await using var studio = await NoticesUnderTest.StartAsync();
        await studio.LoseAsync(await studio.ConnectAsync());
        await studio.Studio.Get<TellDue>().RunDueAsync(CancellationToken.None);
        await studio.Database.WriteAsync(session => session.RunAsync("delete from member where person_id = @Owner", new { studio.Studio.Owner }));

        await studio.WorkAsync();

        Assert.Empty(studio.Mail.Tried);
    }
}
