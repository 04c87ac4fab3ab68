using Holdfast.Domain.Connections;
using Holdfast.Domain.Posts;
using Holdfast.Specs.Storage;
using Holdfast.Storage;
using Holdfast.Studio.Accounts;
using Holdfast.Studio.Accounts.KeepAlive;
using Holdfast.Studio.Workspaces;

namespace Holdfast.Specs.Studio.Accounts;

/// <summary>Many connections failing alike are one incident: told once, remembered, over by itself.</summary>
public sealed class IncidentSpecs
{
    public static TheoryData<Engine> Engines => DatabaseUnderTest.Engines;

    [Theory, MemberData(nameof(Engines)), Trait("scenario", "R19")]
    public async Task R19_one_notice_for_each_workspace_however_many_accounts_and_tries_and_one_when_it_is_over(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        await StormSpecs.ConnectAsync(studio, 4);
        var other = await studio.Get<WorkspaceStore>().AddAsync("Elsewhere", "Europe/Berlin", studio.Owner);
        await InsertAsync(studio, other.Id);
        studio.TikTok.Secret = "another one";
        studio.Clock.Advance(TimeSpan.FromHours(20));
        for (var tries = 0; tries < 5; tries++, studio.Clock.Advance(TimeSpan.FromMinutes(20)))
            await studio.RenewDueAsync();

        var open = Assert.Single(await studio.Get<IncidentStore>().OpenAsync());
        Assert.Equal(("invalid_client", 4, "log-invalid_client"), (open.Cause, open.Felt, open.LogId));
        Assert.Equal(20, open.Times);
        Assert.Equal(2, (await ToldAsync(studio, "IncidentBegan")).Distinct().Count());

        studio.TikTok.Secret = FakeTikTok.ClientSecret;
        studio.Clock.Advance(TimeSpan.FromHours(1));
        await studio.RenewDueAsync();
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
        Assert.Equal((2, 2), ((await ToldAsync(studio, "IncidentBegan")).Count, (await ToldAsync(studio, "IncidentOver")).Count));
        var past = Assert.Single(await studio.Get<IncidentStore>().PastAsync(studio.Clock.GetUtcNow().AddDays(-30), 10));
        Assert.Equal((4, 20, studio.Clock.GetUtcNow()), (past.Felt, past.Times, past.EndedAt));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task A_sign_in_that_works_ends_what_any_renewal_would_and_not_the_suspicion_against_the_app(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(FakeAccount.Number(1));
        await RaiseAsync(studio, "invalid_client", id);
        await RaiseAsync(studio, Incident.RefusedByMany, id);

        await studio.ConnectAsync(FakeAccount.Number(2));

        Assert.Equal([Incident.RefusedByMany], (await studio.Get<IncidentStore>().OpenAsync()).Select(open => open.Cause));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task What_only_renewals_can_end_is_over_when_nothing_is_left_to_renew(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(FakeAccount.Number(1));
        await RaiseAsync(studio, "invalid_client", id);
        await studio.Database.WriteAsync(session => studio.Get<IncidentStore>().SweepAsync(session, studio.Clock.GetUtcNow()));
        Assert.Single(await studio.Get<IncidentStore>().OpenAsync());

        await studio.Get<Disconnect>().RunAsync(studio.Workspace, id, "owner");

        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task Who_felt_an_incident_is_forgotten_three_months_after_it_and_not_while_it_lasts(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(FakeAccount.Number(1));
        await RaiseAsync(studio, "invalid_client", id);
        await RaiseAsync(studio, Incident.KeyMissing, id);
        await EndAsync(studio, "invalid_client");
        studio.Clock.Advance(TimeSpan.FromDays(91));

        while (await studio.Get<TidyIncidents>().RunDueAsync(CancellationToken.None))
            continue;

        Assert.Equal([Incident.KeyMissing], await studio.Database.ReadAsync(session => session.ListAsync<string>("select cause from incident join incident_felt felt on felt.incident_id = incident.id")));
    }

    [Theory, MemberData(nameof(Engines))]
    public async Task One_that_comes_back_within_the_hour_is_the_same_one_and_nobody_is_told_again(Engine engine)
    {
        await using var studio = await StudioUnderTest.CreateAsync(engine);
        var id = await studio.ConnectAsync(FakeAccount.Number(1));
        await RaiseAsync(studio, "invalid_client", id);
        await EndAsync(studio, "invalid_client");
        studio.Clock.Advance(TimeSpan.FromMinutes(50));
        await RaiseAsync(studio, "invalid_client", id);
        Assert.Single(await studio.Get<IncidentStore>().OpenAsync());
        Assert.Single(await ToldAsync(studio, "IncidentBegan"));

        await EndAsync(studio, "invalid_client");
        studio.Clock.Advance(TimeSpan.FromMinutes(70));
        await RaiseAsync(studio, "invalid_client", id);
        Assert.Equal(2, (await ToldAsync(studio, "IncidentBegan")).Count);
    }

    [Fact, Trait("scenario", "R23")]
    public async Task R23_a_key_that_opens_some_tokens_and_not_others_is_over_when_each_that_felt_it_works_again()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var ids = await StormSpecs.ConnectAsync(studio, 3);
        await RaiseAsync(studio, Incident.KeyMissing, ids[0]);
        await RaiseAsync(studio, Incident.KeyMissing, ids[1]);

        await HealAsync(studio, ids[2], IncidentEnds.WithAnyRenewal);
        await HealAsync(studio, ids[0], IncidentEnds.WithAnyRenewal);
        Assert.Single(await studio.Get<IncidentStore>().OpenAsync());
        await HealAsync(studio, ids[1], IncidentEnds.WithAnyRenewal);
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    [Fact]
    public async Task Whoever_is_disconnected_feels_nothing_any_more()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var ids = await StormSpecs.ConnectAsync(studio, 2);
        await RaiseAsync(studio, Incident.KeyMissing, ids[0]);

        await studio.Get<Disconnect>().RunAsync(studio.Workspace, ids[0], "Maren");

        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    [Fact, Trait("scenario", "P16")]
    public async Task P16_the_daily_limit_of_accounts_is_an_incident_until_those_it_met_may_post_or_the_day_is_over()
    {
        await using var studio = await StudioUnderTest.CreateAsync();
        var ids = await StormSpecs.ConnectAsync(studio, 2);
        var cap = studio.Get<UserCap>();
        await cap.NoteAsync(ids[0], new PostFact.Refused("reached_active_user_cap", "log-cap"));
        Assert.Equal("log-cap", Assert.Single(await studio.Get<IncidentStore>().OpenAsync()).LogId);

        // Another account was among the day's users already: that proves nothing.
        await cap.NoteAsync(ids[1], new PostFact.CreatorAllows([], null));
        await HealAsync(studio, ids[0], IncidentEnds.WithAnyRenewal);
        Assert.Single(await studio.Get<IncidentStore>().OpenAsync());
        await cap.NoteAsync(ids[0], new PostFact.CreatorAllows([], null));
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());

        studio.Clock.Advance(TimeSpan.FromDays(1));
        await cap.NoteAsync(ids[0], new PostFact.Refused("reached_active_user_cap", "log-cap"));
        studio.Clock.Advance(TimeSpan.FromHours(26));
        await studio.Get<WatchInstallation>().RunDueAsync(CancellationToken.None);
        Assert.Empty(await studio.Get<IncidentStore>().OpenAsync());
    }

    private static Task RaiseAsync(StudioUnderTest studio, string cause, string id) =>
        studio.Database.WriteAsync(session => studio.Get<IncidentStore>().RaiseAsync(session, new Incident(cause, null), id, studio.Clock.GetUtcNow()));

    private static Task EndAsync(StudioUnderTest studio, string cause) => studio.Database.WriteAsync(session => studio.Get<IncidentStore>().EndAsync(session, cause, studio.Clock.GetUtcNow()));

    private static Task HealAsync(StudioUnderTest studio, string id, IncidentEnds proof) =>
        studio.Database.WriteAsync(session => studio.Get<IncidentStore>().HealAsync(session, id, proof, studio.Clock.GetUtcNow()));

    internal static Task<IReadOnlyList<string>> ToldAsync(StudioUnderTest studio, string kind) =>
        studio.Database.ReadAsync(session => session.ListAsync<string>("select workspace_id from notice where kind = @kind", new { kind }));

    private static Task InsertAsync(StudioUnderTest studio, string workspaceId) => studio.Database.WriteAsync(session => session.RunAsync("""
        insert into connection (id, workspace_id, open_id, state, state_since, display_name, is_verified, scopes, granted_at, access_ends_at, lease_until, fence, failures,
          check_lease_until, check_failures, connected_by, connected_at, created_at)
        values ('c-else', @workspaceId, 'open-else', 'live', 0, 'Elsewhere', false, '', 0, 0, 0, 0, 0, 0, 0, '', 0, 0)
        """, new { workspaceId }));
}
