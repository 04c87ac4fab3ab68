using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using Holdfast.People;
using Holdfast.People.Letters;
using Holdfast.Shell.Outside;
using Holdfast.Specs.Platform.Outside;
using Holdfast.Specs.Platform.Webhooks;
using Holdfast.Studio.Notices;
using Holdfast.Studio.Notices.Hooks;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Specs.Studio.Notices;

/// <summary>What a member and an owner decide about notices, through the pages.</summary>
public sealed partial class SettingsSpecs
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_owner_sets_the_late_rule_and_the_second_person_and_nobody_else_does()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        var jonas = ((SignUpResult.Added)await studio.Service<PeopleStore>().SignUpAsync(new NewPerson("jonas", "correct horse", "jonas@example.test", "Jonas Vik"))).Person.Id;
        await studio.Service<WorkspaceStore>().JoinAsync(studio.Workspace.Id, jonas, "member");

        Assert.Equal(HttpStatusCode.Redirect, (await studio.PostAsync("/settings", "/settings", fields: [("lateMinutes", "15"), ("escalateHours", "4"), ("escalateTo", jonas)])).StatusCode);
        Assert.Equal((15, 4, jonas), Read(await studio.Service<NoticeSettings>().RulesAsync(studio.Workspace.Id)));
        Assert.Equal(15, (await studio.Service<WorkspaceStore>().FindAsync(studio.Workspace.Id))!.LateMinutes);
        Assert.Equal(HttpStatusCode.BadRequest, (await studio.PostAsync("/settings", "/settings", fields: [("lateMinutes", "-5")])).StatusCode);
        await studio.PostAsync("/settings", "/settings", fields: [("lateMinutes", "15"), ("escalateHours", ""), ("escalateTo", "somebody-else")]);
        Assert.Equal((15, null, null), Read(await studio.Service<NoticeSettings>().RulesAsync(studio.Workspace.Id)));

        await studio.Database.WriteAsync(session => session.RunAsync("update member set role = 'member' where person_id = @MemberId", new { studio.MemberId }));
        Assert.Equal(HttpStatusCode.Forbidden, (await studio.PostAsync("/settings", "/settings", fields: [("lateMinutes", "60")])).StatusCode);
        Assert.Null((await studio.PageAsync("/settings")).QuerySelector("#rules button"));
    }

    [Fact]
    public async Task A_member_chooses_channels_and_quiet_hours_and_a_wrong_zone_is_said_beside_its_field()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);

        await studio.PostAsync("/settings/notices", "/settings/notices", fields: [("email", "PostFailed:Theirs"), ("email", "NeedsSignIn:None"), ("email", "Nonsense:All"), ("email", "PostHeld:Nonsense")]);
        await studio.PostAsync("/settings/notices", "/settings/quiet", fields: [("isQuiet", "true"), ("from", "22:30"), ("to", "06:45"), ("zone", "America/New_York")]);
        var member = await studio.Service<NoticeSettings>().FindAsync(studio.Workspace.Id, studio.MemberId);
        Assert.Equal([Occasion.PostFailed], member.Wants.Where(kind => kind.Value.Email is MailChoice.Theirs).Select(kind => kind.Key));
        Assert.Equal([Occasion.NeedsSignIn, Occasion.IncidentOver], member.Wants.Where(kind => kind.Value.Email is MailChoice.None).Select(kind => kind.Key));
        Assert.Equal(new(new(22, 30), new(6, 45), "America/New_York"), member.Quiet);

        using var wrong = await studio.PostAsync("/settings/notices", "/settings/quiet", fields: [("isQuiet", "true"), ("from", "22:30"), ("to", "06:45"), ("zone", "Atlantis/Main")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("time zone such as", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await studio.PostAsync("/settings/notices", "/settings/quiet", fields: [("from", ""), ("to", ""), ("zone", "")]);
        Assert.Null((await studio.Service<NoticeSettings>().FindAsync(studio.Workspace.Id, studio.MemberId)).Quiet);
    }

    [Fact]
    public async Task The_page_says_what_a_member_gets_and_saving_it_as_it_stands_changes_nothing()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        await studio.Database.WriteAsync(session => session.RunAsync("update member set role = 'member' where person_id = @MemberId", new { studio.MemberId }));
        var shown = (await studio.PageAsync("/settings/notices")).QuerySelectorAll("#channels select").Select(line => ((IHtmlSelectElement)line).Value!).ToList();
        Assert.Contains("PostFailed:Theirs", shown);
        Assert.Contains("IncidentBegan:None", shown);

        await studio.PostAsync("/settings/notices", "/settings/notices", fields: [.. shown.Select(value => ("email", value))]);

        Assert.Equal(0, await studio.Database.ReadAsync(session => session.FirstAsync<long>("select count(*) from notice_choice")));
    }

    [Fact]
    public async Task N6_a_webhook_goes_over_the_wire_signed_and_its_secret_is_shown_once()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var studio = await SignedInStudio.StartAsync(Now);
        using var set = await studio.PostAsync("/settings/webhook", "/settings/webhook", fields: [("url", receiver.Http.ToString())]);
        var secret = Secret().Match(await set.Content.ReadAsStringAsync()).Value;
        Assert.Equal(68, secret.Length);
        Assert.True(set.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain(secret, (await studio.PageAsync("/settings/webhook")).DocumentElement.OuterHtml, StringComparison.Ordinal);

        await studio.Database.WriteAsync(session => studio.Service<NoticeQueue>().AddAsync(session, new(studio.Workspace.Id, Occasion.PostFailed, "1") { Cause = "spam_risk" }));
        var hooks = studio.Service<HookStore>();
        var hook = (await hooks.FindAsync(studio.Workspace.Id, studio.MemberId))!;
        await UntilAsync(async () => (await hooks.ListAsync(studio.Workspace.Id, hook.Id, 10)) is [{ DoneAt: not null }]);

        var call = Assert.Single(receiver.All);
        var time = studio.Clock.GetUtcNow();
        Assert.Equal(HookSignature.Of(secret, time, call.Body), call.Headers[HookSignature.Header]);
        var line = Assert.Single(await hooks.ListAsync(studio.Workspace.Id, hook.Id, 10));
        Assert.Equal(line.DeliveryId, call.Headers[HookSignature.DeliveryHeader]);
        await studio.PostAsync("/settings/webhook", $"/settings/webhook/{line.DeliveryId}/again");
        await UntilAsync(() => Task.FromResult(receiver.All.Count == 2));
        Assert.Equal(HttpStatusCode.NotFound, (await studio.PostAsync("/settings/webhook", "/settings/webhook/somebody-elses/again")).StatusCode);
    }

    [Theory, Trait("attack", "95")]
    [InlineData("http://receiver.example.test/", "Scheme")]
    [InlineData("https://10.0.0.7/", "Inside")]
    [InlineData("https://[::ffff:10.0.0.7]/", "Inside")]
    [InlineData("https://inner.example.test/", "Inside")]
    [InlineData("https://receiver.example.test:8443/", "Port")]
    [InlineData("https://maren:secret@receiver.example.test/", "UserInfo")]
    public async Task A_webhook_into_our_own_network_is_refused_when_it_is_set(string url, string problem)
    {
        var network = new FakeNetwork();
        network.Name("inner.example.test", "10.0.0.7");
        network.Name("receiver.example.test", "8.8.4.4");
        await using var studio = await SignedInStudio.StartAsync(Now, configure: builder => builder.Services.AddSingleton<IOutsideNetwork>(network));

        using var answer = await studio.PostAsync("/settings/webhook", "/settings/webhook", fields: [("url", url)]);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains(problem switch { "Scheme" => "https://", "Port" => "Only port 443", "UserInfo" => "user name or password", _ => "private network" }, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null(await studio.Service<HookStore>().FindAsync(studio.Workspace.Id, studio.MemberId));
    }

    [Fact, Trait("attack", "95")]
    public async Task A_name_that_changes_its_mind_after_it_was_set_is_not_followed_inside_and_neither_is_a_redirect()
    {
        var network = new FakeNetwork();
        network.Name("turned.example.test", "10.0.0.7");
        network.Name("receiver.example.test", "8.8.4.4");
        await using var receiver = await Receiver.StartAsync();
        network.Door = receiver.Https;
        receiver.Answer = http =>
        {
            http.Response.Redirect("https://10.0.0.7/");
            return Task.CompletedTask;
        };
        await using var studio = await SignedInStudio.StartAsync(Now, configure: builder => builder.Services.AddSingleton<IOutsideNetwork>(network));
        var caller = studio.Service<IHookCaller>();

        Assert.Equal("Inside", await caller.CallAsync("https://turned.example.test/", "1", "t=1,s=2", []));
        Assert.Equal("302", await caller.CallAsync("https://receiver.example.test/", "1", "t=1,s=2", []));

        Assert.Single(network.Called);
    }

    [Fact]
    public async Task A_new_address_for_letters_counts_once_its_code_has_come_back()
    {
        await using var studio = await SignedInStudio.StartAsync(Now);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await studio.PostAsync("/settings/email", "/settings/email", fields: [("email", "new@example.test"), ("password", "wrong horse")])).StatusCode);

        await studio.PostAsync("/settings/email", "/settings/email", fields: [("email", "new@example.test"), ("password", "correct horse")]);
        Assert.Equal("maren@example.test", (await studio.Service<PeopleStore>().FindAsync(studio.MemberId))!.Email);
        var letter = Assert.Single(await studio.Service<LetterBox>().ListAsync(10), letter => letter.Recipient == "new@example.test");
        var shown = (await studio.PageAsync("/outbox")).QuerySelector("main")!.TextContent;
        Assert.Contains(letter.Subject, shown, StringComparison.Ordinal);
        await studio.PostAsync("/settings/email", "/settings/email/code", fields: [("code", Code().Match(letter.Body).Groups[1].Value)]);

        Assert.Equal("new@example.test", (await studio.Service<PeopleStore>().FindAsync(studio.MemberId))!.Email);
    }

    private static (long, long?, string?) Read(WorkspaceRules rules) => (rules.Rules.LateMinutes, rules.Rules.EscalateHours, rules.Rules.EscalateTo);

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TestClock.System);
        while (!await isSo())
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestClock.System, limit.Token);
    }

    [GeneratedRegex("hfs_[0-9a-f]{64}")]
    private static partial Regex Secret();

    [GeneratedRegex(@"Code: (\d{6})")]
    private static partial Regex Code();
}
